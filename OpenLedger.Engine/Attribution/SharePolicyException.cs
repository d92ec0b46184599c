namespace OpenLedger.Engine.Attribution;

/// <summary>A share policy that cannot be used, with the reasons. Knows nothing of who set it.</summary>
public sealed class SharePolicyException(string message) : Exception(message);
