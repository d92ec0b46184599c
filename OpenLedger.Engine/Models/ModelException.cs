namespace OpenLedger.Engine.Models;

/// <summary>A model cannot be read or used: the message says what was found, where, and what is supported.</summary>
public sealed class ModelException(string message) : IOException(message);
