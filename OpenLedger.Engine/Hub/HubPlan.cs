namespace OpenLedger.Engine.Hub;

/// <summary>The two kinds of files that are read here.</summary>
public enum HubFormat
{
    /// <summary>A folder: config.json, tokenizer.json, safetensors.</summary>
    Safetensors,

    /// <summary>One file that holds it all.</summary>
    Gguf,
}

/// <summary>What will be downloaded, before it is: every file with its size and hash, at one commit. Downloads nothing.</summary>
/// <param name="Revision">The commit.</param>
/// <param name="Files">In the order in which they come: small ones first, so that what cannot work is seen early.</param>
/// <param name="Others">Further GGUF files of the repository that could be taken in its place.</param>
/// <param name="Family">As the configuration names it; null where only the weights say it.</param>
/// <param name="Context">Longest context, in tokens; null where only the weights say it.</param>
/// <param name="Parameters">As the hub counted them, or null.</param>
public sealed record HubPlan(
    string Repository, string Revision, HubFormat Format, IReadOnlyList<HubFile> Files, IReadOnlyList<HubFile> Others,
    string? Licence, bool IsGated, string? Family, int? Context, long? Parameters)
{
    /// <summary>All files together, in bytes.</summary>
    public long Bytes => Files.Sum(file => file.Size ?? 0);

    /// <summary>The file that holds the weights; the first of several.</summary>
    public HubFile Weights => Files.First(file => file.EndsWith(Format == HubFormat.Gguf ? ".gguf" : ".safetensors"));
}
