namespace OpenLedger.Engine.Training;

/// <summary>A run that cannot begin or go on: what was found, in a sentence.</summary>
public sealed class TrainingException(string message) : Exception(message);
