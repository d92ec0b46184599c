using System.Security.Cryptography;

namespace OpenLedger.Engine.Records;

/// <summary>The key by which this node signs its records: ECDSA on P-256 over SHA-256 (FIPS 186-5), kept in a PEM file. Knows nothing of wallets or the chain.</summary>
public sealed class NodeKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    private NodeKey(ECDsa key)
    {
        _key = key;
        byte[] publicKey = key.ExportSubjectPublicKeyInfo();
        Id = Sha256Hash.Of(publicKey);
        PublicKey = Convert.ToBase64String(publicKey);
    }

    /// <summary>The key's name: SHA-256 over its SubjectPublicKeyInfo (RFC 5480).</summary>
    public Sha256Hash Id { get; }

    /// <summary>The SubjectPublicKeyInfo in base64: what a stranger needs to check a signature.</summary>
    public string PublicKey { get; }

    /// <summary>Opens the key file, or makes key and file where none stands.</summary>
    /// <exception cref="NodeKeyException">The file is no P-256 private key.</exception>
    public static NodeKey OpenOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            RequireP256(key);
            return new NodeKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new NodeKeyException($"'{path}' holds no P-256 private key: {e.Message}", e);
        }
    }

    /// <summary>Signs bytes.</summary>
    public NodeSignature Sign(ReadOnlySpan<byte> bytes)
    {
        lock (_gate) return new NodeSignature(Id, Convert.ToBase64String(_key.SignData(bytes, HashAlgorithmName.SHA256)));
    }

    /// <summary>Signs the canonical bytes of a record.</summary>
    public NodeSignature SignRecord<T>(T record) => Sign(CanonicalJson.SerializeToUtf8(record));

    /// <summary>A secret of this node for one purpose: the same for ever, and nothing about the key or another purpose can be learnt from it (HKDF, RFC 5869).</summary>
    /// <returns>32 bytes.</returns>
    public byte[] SecretFor(string purpose)
    {
        byte[] scalar = _key.ExportParameters(includePrivateParameters: true).D!;
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, scalar, 32, info: System.Text.Encoding.UTF8.GetBytes(purpose));
    }

    /// <summary>Whether this key made the signature of these bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> bytes, NodeSignature signature) => Verify(PublicKey, bytes, signature);

    /// <summary>Whether the key with this public part made the signature of these bytes. Anything malformed is a plain no.</summary>
    public static bool Verify(string publicKey, ReadOnlySpan<byte> bytes, NodeSignature signature)
    {
        try
        {
            byte[] info = Convert.FromBase64String(publicKey);
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(info, out int read);
            return read == info.Length
                && Sha256Hash.Of(info) == signature.KeyId
                && key.VerifyData(bytes, Convert.FromBase64String(signature.Value), HashAlgorithmName.SHA256);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    public void Dispose() => _key.Dispose();

    // Written beside its place and moved there: a crash leaves either no key or a whole one, and a second process never replaces the first one's.
    private static void Create(string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string draft = $"{full}.{Guid.NewGuid():n}.tmp";
        using (ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            WritePrivate(draft, key.ExportPkcs8PrivateKeyPem());
        try
        {
            File.Move(draft, full, overwrite: false);
        }
        catch (IOException) when (File.Exists(full))
        {
            File.Delete(draft); // another process was first: its key stands
        }
    }

    private static void WritePrivate(string path, string pem)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(pem));
        file.Flush(flushToDisk: true);
    }

    private static void RequireP256(ECDsa key)
    {
        string? curve = key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value;
        if (curve != ECCurve.NamedCurves.nistP256.Oid.Value) throw new CryptographicException($"its curve is {curve}");
    }
}
