using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenLedger.Engine.Records;

/// <summary>A SHA-256 digest (FIPS 180-4), written as 64 lower-case hex digits. Knows nothing of what was hashed.</summary>
[JsonConverter(typeof(Sha256HashJson))]
public readonly record struct Sha256Hash
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly string? _hex;

    private Sha256Hash(string hex) => _hex = hex;

    /// <summary>64 lower-case hex digits; all zero for the default value.</summary>
    public string Hex => _hex ?? new string('0', 64);

    /// <summary>Hashes bytes in memory.</summary>
    public static Sha256Hash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Hashes a stream to its end.</summary>
    public static async Task<Sha256Hash> OfAsync(Stream stream, CancellationToken cancel) =>
        new(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel)));

    /// <summary>Takes a 32-byte digest as it is.</summary>
    /// <exception cref="FormatException">Not 32 bytes.</exception>
    public static Sha256Hash FromDigest(ReadOnlySpan<byte> digest) =>
        digest.Length == 32 ? new(Convert.ToHexStringLower(digest)) : throw new FormatException($"a SHA-256 digest has 32 bytes, this has {digest.Length}");

    /// <summary>Reads 64 hex digits, with or without a leading 0x.</summary>
    public static bool TryParse(string? text, out Sha256Hash hash)
    {
        ReadOnlySpan<char> digits = text.AsSpan();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) digits = digits[2..];
        bool good = digits.Length == 64 && digits.IndexOfAnyExcept(HexDigits) < 0;
        hash = good ? new(digits.ToString().ToLowerInvariant()) : default;
        return good;
    }

    /// <summary>Reads 64 hex digits.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static Sha256Hash Parse(string text) =>
        TryParse(text, out Sha256Hash hash) ? hash : throw new FormatException($"'{text}' is no SHA-256 hash: 64 hex digits are needed");

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Hex);

    public override string ToString() => Hex;

    private sealed class Sha256HashJson : JsonConverter<Sha256Hash>
    {
        public override Sha256Hash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out Sha256Hash hash) ? hash : throw new JsonException("a SHA-256 hash has 64 hex digits");

        public override void Write(Utf8JsonWriter writer, Sha256Hash value, JsonSerializerOptions options) => writer.WriteStringValue(value.Hex);
    }
}
