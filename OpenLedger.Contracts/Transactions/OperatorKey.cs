using System.Security.Cryptography;
using Nethereum.Signer;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Transactions;

/// <summary>The node's own account: the one private key the server holds. Knows nothing of what it signs for.</summary>
public sealed class OperatorKey
{
    // BouncyCastle's path signs and recovers ten times slower with the same signatures (250 of 250 equal).
    static OperatorKey() => EthECKey.SignRecoverable = true;

    private readonly EthECKey _key;

    private OperatorKey(byte[] secret)
    {
        _key = new EthECKey(secret, true);
        Address = Address.Parse(_key.GetPublicAddress());
    }

    public Address Address { get; }

    internal EthECKey Signer => _key;

    /// <param name="secret">32 bytes, the first not zero: Nethereum drops leading zeros and then cannot sign.</param>
    public static OperatorKey FromSecret(byte[] secret) => secret is [not 0, ..] and { Length: 32 }
        ? new OperatorKey(secret)
        : throw new ArgumentException("a private key has 32 bytes, and the first of ours is never zero", nameof(secret));

    public static OperatorKey Generate() => new(NewSecret());

    /// <summary>Reads the key file, or makes one that only this user may read. A file that is there but unreadable is never replaced: it may own contracts.</summary>
    /// <exception cref="FormatException">The file does not hold a key.</exception>
    public static OperatorKey LoadOrCreate(string path)
    {
        if (!File.Exists(path)) WriteOnce(path);
        string text = File.ReadAllText(path).Trim();
        byte[] secret = new byte[32];
        bool whole = text.Length == 64 && Convert.FromHexString(text, secret, out _, out int written) == System.Buffers.OperationStatus.Done && written == 32;
        return whole && secret[0] != 0
            ? new OperatorKey(secret) : throw new FormatException($"'{path}' does not hold a private key of 64 hex digits: put the key back, or move the file away to start with a new account");
    }

    private static void WriteOnce(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string part = path + ".part";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(part, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(NewSecret())));
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: false);
    }

    // A 32-byte number is below the curve's order but for one in 2^128. One in 256 begins with zero and is drawn again, see FromSecret.
    private static byte[] NewSecret()
    {
        byte[] secret;
        do secret = RandomNumberGenerator.GetBytes(32);
        while (secret[0] == 0);
        return secret;
    }
}
