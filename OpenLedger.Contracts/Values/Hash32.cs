using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace OpenLedger.Contracts.Values;

/// <summary>A 32-byte word as contracts hold it: a hash, a root or an id. Knows nothing of what was hashed or how.</summary>
[JsonConverter(typeof(TextJsonConverter<Hash32>))]
public readonly record struct Hash32 : IParsable<Hash32>
{
    private static readonly string _zeroKey = "0x" + new string('0', 64);

    private readonly string? _key;   // null is the zero word, so that default(Hash32) equals Zero

    private Hash32(string key) => _key = key == _zeroKey ? null : key;

    public static Hash32 Zero => default;

    public bool IsZero => _key is null;

    /// <summary>"0x" and 64 lower-case hex digits.</summary>
    public string Key => _key ?? _zeroKey;

    /// <exception cref="FormatException">The text is not 64 hex digits, with or without "0x".</exception>
    public static Hash32 Parse(string text) => TryParse(text, out Hash32 hash) ? hash : throw new FormatException("a hash is 0x and 64 hex digits");

    public static bool TryParse([NotNullWhen(true)] string? text, out Hash32 hash)
    {
        hash = default;
        ReadOnlySpan<char> digits = text;
        if (digits.StartsWith("0x", StringComparison.Ordinal)) digits = digits[2..];
        if (digits.Length != 64) return false;
        foreach (char digit in digits)
            if (!char.IsAsciiHexDigit(digit)) return false;
        hash = new Hash32("0x" + digits.ToString().ToLowerInvariant());
        return true;
    }

    /// <param name="bytes">Exactly 32 bytes.</param>
    public static Hash32 FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 32
            ? new Hash32("0x" + Convert.ToHexStringLower(bytes))
            : throw new ArgumentException($"a hash has 32 bytes, not {bytes.Length}", nameof(bytes));

    public static Hash32 KeccakOf(ReadOnlySpan<byte> bytes) => FromBytes(Keccak.Of(bytes));

    public byte[] ToBytes() => Convert.FromHexString(Key.AsSpan(2));

    public override string ToString() => Key;

    static Hash32 IParsable<Hash32>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Hash32>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Hash32 result) => TryParse(s, out result);
}
