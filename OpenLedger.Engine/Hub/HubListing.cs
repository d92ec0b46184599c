using System.Text.Json;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Hub;

/// <summary>What a hub says about a repository: the commit, the licence, the files. Chooses none of them.</summary>
/// <param name="Revision">The commit that all is read at, so that a change on the hub in the middle changes nothing here.</param>
/// <param name="Licence">As the card names it: "apache-2.0"; null where it does not.</param>
/// <param name="Parameters">As the hub counted them; null where it did not.</param>
/// <param name="Architecture">Of a GGUF file, as the hub read it; null where it did not.</param>
/// <param name="Context">Likewise, in tokens.</param>
public sealed record HubListing(string Id, string Revision, string? Licence, bool IsGated, long? Parameters, string? Architecture, int? Context, IReadOnlyList<HubFile> Files)
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 32 };

    /// <exception cref="HubException">Not a list of files.</exception>
    internal static HubListing Parse(byte[] json, HubRepository repository)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Bounded);
            JsonElement root = document.RootElement;
            JsonElement? gguf = Find(root, "gguf");
            return new HubListing(
                repository.Id, Text(root, "sha") ?? repository.Revision, LicenceIn(root), Find(root, "gated") is { ValueKind: not JsonValueKind.False },
                Number(Find(root, "safetensors"), "total") ?? Number(gguf, "total"), Text(gguf, "architecture"), (int?)Math.Min(Number(gguf, "context_length") ?? 0, int.MaxValue) is int and > 0 and var context ? context : null,
                [.. root.GetProperty("siblings").EnumerateArray().Select(ReadFile)]);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HubException(HubFault.WrongContent, $"The hub's answer about '{repository.Id}' is no list of files: {broken.Message}", broken);
        }
    }

    private static HubFile ReadFile(JsonElement file)
    {
        JsonElement? lfs = Find(file, "lfs");
        Sha256Hash? sha = Sha256Hash.TryParse(Text(lfs, "sha256") ?? Text(lfs, "oid"), out Sha256Hash hash) ? hash : null;
        return new HubFile(file.GetProperty("rfilename").GetString() ?? "", Number(lfs, "size") ?? Number(file, "size"), sha, sha is null ? Text(file, "blobId") : null);
    }

    private static string? LicenceIn(JsonElement root) =>
        Text(Find(root, "cardData"), "license") is string named && named != "other" ? named
        : Text(Find(root, "cardData"), "license_name")
        ?? (Find(root, "tags") is { ValueKind: JsonValueKind.Array } tags ? tags.EnumerateArray().Select(tag => tag.GetString()).FirstOrDefault(tag => tag?.StartsWith("license:", StringComparison.Ordinal) == true)?["license:".Length..] : null);

    private static string? Text(JsonElement? element, string name) => Find(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonElement? element, string name) => Find(element, name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt64(out long number) && number >= 0 ? number : null;

    private static JsonElement? Find(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
