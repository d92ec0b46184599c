using System.Security.Cryptography;
using System.Text;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Models;

/// <summary>The hash that names a model's weights: that of their file, or of what sha256sum prints about their files. Knows no format.</summary>
internal static class WeightsHash
{
    public static Sha256Hash Of(IEnumerable<string> paths)
    {
        List<(string Name, Sha256Hash Hash)> files = [.. paths.Select(path => (Path.GetFileName(path), OfFile(path)))];
        return files is [(_, Sha256Hash only)] ? only : Sha256Hash.Of(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Hash}  {file.Name}\n"))));
    }

    private static Sha256Hash OfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Sha256Hash.FromDigest(SHA256.HashData(stream));
    }
}
