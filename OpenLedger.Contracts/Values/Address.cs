using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;

namespace OpenLedger.Contracts.Values;

/// <summary>A 20-byte account or contract address. Knows nothing of chains, code or balances.</summary>
/// <remarks>Text is EIP-55: mixed case must carry the right checksum, so that a mistyped digit is refused; all-lower and all-upper carry none and are accepted.</remarks>
[JsonConverter(typeof(TextJsonConverter<Address>))]
public readonly record struct Address : IParsable<Address>, IComparable<Address>
{
    private const string ZeroKey = "0x0000000000000000000000000000000000000000";

    private readonly string? _key;   // null is the zero address, so that default(Address) equals Zero

    private Address(string key) => _key = key == ZeroKey ? null : key;

    public static Address Zero => default;

    /// <summary>Lower-case text, 42 characters: the form to compare, index and store.</summary>
    public string Key => _key ?? ZeroKey;

    /// <summary>EIP-55 text: the form to show.</summary>
    public string Checksum => WithChecksum(Key);

    public bool IsZero => _key is null;

    /// <exception cref="FormatException">The text is not an address, or its checksum is wrong.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out Address address) ? address : throw new FormatException($"'{Shorten(text)}' is not an address: 0x and 40 hex digits, with a right checksum if the case is mixed");

    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        if (text is not { Length: 42 } || !text.StartsWith("0x", StringComparison.Ordinal)) return false;
        string digits = text[2..];
        if (!digits.All(char.IsAsciiHexDigit)) return false;
        string key = "0x" + digits.ToLowerInvariant();
        bool mixed = digits.Any(char.IsAsciiLetterLower) && digits.Any(char.IsAsciiLetterUpper);
        if (mixed && WithChecksum(key) != text) return false;
        address = new Address(key);
        return true;
    }

    /// <param name="bytes">Exactly 20 bytes.</param>
    public static Address FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 20
            ? new Address("0x" + Convert.ToHexStringLower(bytes))
            : throw new ArgumentException($"an address has 20 bytes, not {bytes.Length}", nameof(bytes));

    public byte[] ToBytes() => Convert.FromHexString(Key.AsSpan(2));

    /// <summary>"0x1234…cdef": for places too narrow for the whole.</summary>
    public string ToShortText()
    {
        string text = Checksum;
        return $"{text[..6]}…{text[^4..]}";
    }

    public int CompareTo(Address other) => string.CompareOrdinal(Key, other.Key);

    public override string ToString() => Checksum;

    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;

    static Address IParsable<Address>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Address>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Address result) => TryParse(s, out result);

    // EIP-55: a letter is upper case where the same nibble of keccak(lower-case digits) is 8 or more.
    private static string WithChecksum(string key)
    {
        string hash = Convert.ToHexStringLower(Keccak.Of(Encoding.ASCII.GetBytes(key, 2, 40)));
        return string.Create(42, (key, hash), static (text, source) =>
        {
            source.key.CopyTo(text);
            for (int i = 2; i < 42; i++)
                if (source.hash[i - 2] >= '8') text[i] = char.ToUpperInvariant(text[i]);
        });
    }

    private static string? Shorten(string? text) => text is { Length: > 50 } ? text[..50] + "…" : text;
}
