using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Retrieval;

/// <summary>Keeps an index in a folder of its own, whole or not at all. Knows nothing of how it is searched.</summary>
/// <remarks>
/// Passages and vectors are files named by their hashes; <c>index.json</c> names them and is written last, so that a crash leaves the index before.
/// The search by words is built again on reading: it takes less time than reading it would.
/// </remarks>
public static class PassageIndexFiles
{
    private const string ManifestName = "index.json";

    private sealed record Manifest(
        string DatanetId, Sha256Hash Root, Sha256Hash Model, IndexOptions Options, int Width, int Passages, Sha256Hash PassagesHash, Sha256Hash VectorsHash,
        IReadOnlyDictionary<string, Sha256Hash> Rows, int Version = 1);

    /// <summary>Writes an index, in place of one that was there.</summary>
    public static void Save(PassageIndex index, string folder)
    {
        Directory.CreateDirectory(folder);
        Sha256Hash passages = Write(folder, "passages", stream =>
        {
            foreach (Passage passage in index.Passages)
            {
                JsonSerializer.Serialize(stream, passage, CanonicalJson.Options);
                stream.WriteByte((byte)'\n');
            }
        });
        Sha256Hash vectors = Write(folder, "vectors", stream => WriteNumbers(stream, index.Vectors.Numbers));
        Manifest manifest = new(index.DatanetId, index.Root, index.Model, index.Options, index.Vectors.Width, index.Passages.Count, passages, vectors, index.Rows);
        AtomicFile.Write(Path.Combine(folder, ManifestName), stream => stream.Write(CanonicalJson.SerializeToUtf8(manifest)));
        foreach (string file in Directory.EnumerateFiles(folder))
            if (!Belongs(Path.GetFileName(file), passages, vectors)) File.Delete(file);
    }

    /// <summary>Reads an index; null where there is none, or only one of another embedding model or layout, which is to be built again.</summary>
    /// <exception cref="PassageIndexException">The files are not what was written.</exception>
    public static PassageIndex? Load(string folder, EmbeddingModel model)
    {
        string path = Path.Combine(folder, ManifestName);
        if (!File.Exists(path)) return null;
        Manifest manifest = ReadManifest(path);
        if (manifest.Version != 1 || manifest.Model != model.Hash) return null;
        List<Passage> passages = ReadPassages(NameOf(folder, "passages", manifest.PassagesHash), manifest.PassagesHash);
        VectorIndex vectors = ReadVectors(NameOf(folder, "vectors", manifest.VectorsHash), manifest);
        if (passages.Count != manifest.Passages || vectors.Count != manifest.Passages)
            throw new PassageIndexException($"{path} names {manifest.Passages} passages; the files hold {passages.Count} and {vectors.Count} vectors");
        return new(manifest.DatanetId, manifest.Root, manifest.Model, manifest.Options, passages, manifest.Rows, vectors);
    }

    private static string NameOf(string folder, string kind, Sha256Hash hash) => Path.Combine(folder, $"{kind}-{hash.Hex[..16]}");

    private static bool Belongs(string name, Sha256Hash passages, Sha256Hash vectors) =>
        name == ManifestName || name == Path.GetFileName(NameOf("", "passages", passages)) || name == Path.GetFileName(NameOf("", "vectors", vectors));

    // The name is the content's hash: the file gets it once it is written and hashed.
    private static Sha256Hash Write(string folder, string kind, Action<Stream> write)
    {
        string unnamed = Path.Combine(folder, kind);
        Sha256Hash hash = default;
        AtomicFile.Write(unnamed, stream =>
        {
            using SHA256 sha = SHA256.Create();
            using (CryptoStream hashing = new(stream, sha, CryptoStreamMode.Write, leaveOpen: true)) write(hashing);
            hash = Sha256Hash.FromDigest(sha.Hash);
        });
        File.Move(unnamed, NameOf(folder, kind, hash), overwrite: true);
        return hash;
    }

    private static void WriteNumbers(Stream stream, ReadOnlySpan<float> numbers)
    {
        const int AtOnce = 1 << 20;   // a span of bytes ends at 2 GiB, an index need not
        for (int i = 0; i < numbers.Length; i += AtOnce) stream.Write(MemoryMarshal.AsBytes(numbers.Slice(i, Math.Min(AtOnce, numbers.Length - i))));
    }

    private static Manifest ReadManifest(string path)
    {
        try
        {
            return CanonicalJson.Read<Manifest>(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new PassageIndexException($"{path} is no index: {e.Message}");
        }
    }

    private static List<Passage> ReadPassages(string path, Sha256Hash expected)
    {
        byte[] bytes = File.Exists(path) ? File.ReadAllBytes(path) : throw new PassageIndexException($"{path} is missing");
        RequireHash(path, Sha256Hash.Of(bytes), expected);
        List<Passage> passages = [];
        ReadOnlySpan<byte> rest = bytes;
        while (rest.IndexOf((byte)'\n') is int end and >= 0)
        {
            passages.Add(JsonSerializer.Deserialize<Passage>(rest[..end], CanonicalJson.Options)!);
            rest = rest[(end + 1)..];
        }

        return passages;
    }

    private static VectorIndex ReadVectors(string path, Manifest manifest)
    {
        if (!File.Exists(path)) throw new PassageIndexException($"{path} is missing");
        using FileStream stream = File.OpenRead(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        VectorIndex vectors = new(manifest.Width);
        float[] vector = new float[manifest.Width];
        Span<byte> bytes = MemoryMarshal.AsBytes(vector.AsSpan());
        while (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) is int read and > 0)
        {
            if (read < bytes.Length) throw new PassageIndexException($"{path} ends inside a vector");
            hash.AppendData(bytes);
            vectors.Add(vector);
        }

        RequireHash(path, Sha256Hash.FromDigest(hash.GetHashAndReset()), manifest.VectorsHash);
        return vectors;
    }

    private static void RequireHash(string path, Sha256Hash found, Sha256Hash expected)
    {
        if (found != expected) throw new PassageIndexException($"{path} hashes to {found}, {expected} was written");
    }
}
