using System.Buffers;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Hub;

/// <summary>A file of a repository as the hub announces it. Holds no bytes.</summary>
/// <param name="Name">Within the repository.</param>
/// <param name="Size">In bytes; null where the list does not say.</param>
/// <param name="Sha256">Of large files (Git LFS); null for small ones.</param>
/// <param name="GitBlob">Git's own name of the content of small files: SHA-1 over "blob SIZE\0" and the bytes, in hex.</param>
public sealed record HubFile(string Name, long? Size, Sha256Hash? Sha256, string? GitBlob)
{
    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>Whether it lies at the top of the repository under a name that is safe as a file's.</summary>
    public bool IsPlain => Name.Length is > 0 and <= 255 && Name[0] != '.' && Name.AsSpan().IndexOfAny(NeverInNames) < 0 && !Name.Any(char.IsControl);

    public bool EndsWith(string ending) => Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
