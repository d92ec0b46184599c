namespace OpenLedger.Engine.Records;

/// <summary>A key file that cannot be used. The message names the file and what is wrong; nothing is overwritten.</summary>
public sealed class NodeKeyException(string message, Exception inner) : Exception(message, inner);
