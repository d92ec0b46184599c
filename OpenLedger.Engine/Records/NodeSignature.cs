namespace OpenLedger.Engine.Records;

/// <summary>A node's signature of a record: which key made it, and the 64 bytes (r, s) in base64. Knows nothing of the record.</summary>
public sealed record NodeSignature(Sha256Hash KeyId, string Value);
