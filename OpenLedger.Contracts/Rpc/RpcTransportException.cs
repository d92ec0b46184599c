namespace OpenLedger.Contracts.Rpc;

/// <summary>A node could not be asked, or its answer is no JSON-RPC answer to the question. Whether it acted is unknown.</summary>
public sealed class RpcTransportException(string method, string reason, Exception? inner = null) : IOException($"{method}: {reason}", inner);
