namespace OpenLedger.Engine.Adapters;

/// <summary>An adapter cannot be used: the message says what was found, where, and what is needed.</summary>
public sealed class AdapterException(string message) : IOException(message);
