using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>Rows of made-up tokens for models with a small vocabulary.</summary>
internal static class TinyRows
{
    /// <summary>A row whose second half is learned.</summary>
    public static EncodedRow Row(string id, int tokens) => new(
        id,
        [.. Enumerable.Range(0, tokens).Select(t => 3 + (7 * t + 13 * id.Length + id[^1]) % 300)],
        [.. Enumerable.Range(0, tokens).Select(t => t >= tokens / 2)]);
}
