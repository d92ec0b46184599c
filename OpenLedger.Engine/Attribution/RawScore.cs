using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenLedger.Engine.Attribution;

/// <summary>
/// A signed score as it was measured, held as a whole number of 10^-18 so that shares are computed from integers alone. Knows nothing of what was measured.
/// </summary>
/// <remarks>
/// The one rule by which a score enters: its decimal digits, cut after the eighteenth place toward zero. A <see cref="double"/> is first written in its
/// shortest round-trip digits (IEEE 754-2019, 5.12), which every machine writes alike.
/// </remarks>
[JsonConverter(typeof(RawScoreJson))]
public readonly record struct RawScore(BigInteger Units) : IComparable<RawScore>
{
    /// <summary>Decimal places kept.</summary>
    public const int Places = 18;

    private static readonly BigInteger One = BigInteger.Pow(10, Places);

    /// <summary>The score as a weight: negative ones count as zero (records.md, attribution shares).</summary>
    public BigInteger Clipped => BigInteger.Max(Units, BigInteger.Zero);

    /// <summary>Takes a whole number.</summary>
    public static RawScore FromInteger(BigInteger value) => new(value * One);

    /// <summary>Takes a measured number.</summary>
    /// <exception cref="ArgumentException">Not a number, or infinite: such a score was not measured.</exception>
    public static RawScore FromDouble(double value) =>
        double.IsFinite(value) ? Parse(value.ToString("R", CultureInfo.InvariantCulture)) : throw new ArgumentException($"a score must be finite, this is {value}", nameof(value));

    /// <summary>Reads decimal digits with an optional sign, point and exponent.</summary>
    /// <exception cref="FormatException">Anything else, or an exponent beyond +-400 (no double has one).</exception>
    public static RawScore Parse(string text)
    {
        int e = text.AsSpan().IndexOfAny('e', 'E');
        ReadOnlySpan<char> digits = e < 0 ? text : text.AsSpan(0, e);
        int point = digits.IndexOf('.');
        int places = point < 0 ? 0 : digits.Length - point - 1;
        int exponent = 0;
        bool good = e < 0 || (int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) <= 400);
        string whole = point < 0 ? digits.ToString() : string.Concat(digits[..point], digits[(point + 1)..]);
        if (!good || !BigInteger.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value))
            throw new FormatException($"'{text}' is no score: decimal digits are needed");
        int shift = Places + exponent - places;
        return new(shift >= 0 ? value * BigInteger.Pow(10, shift) : BigInteger.Divide(value, BigInteger.Pow(10, -shift)));
    }

    public int CompareTo(RawScore other) => Units.CompareTo(other.Units);

    public static bool operator <(RawScore left, RawScore right) => left.CompareTo(right) < 0;

    public static bool operator >(RawScore left, RawScore right) => left.CompareTo(right) > 0;

    public static bool operator <=(RawScore left, RawScore right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RawScore left, RawScore right) => left.CompareTo(right) >= 0;

    /// <summary>The exact decimal digits, without zeros at the end: equal scores have equal text.</summary>
    public override string ToString()
    {
        BigInteger whole = BigInteger.DivRem(BigInteger.Abs(Units), One, out BigInteger rest);
        string fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(Places, '0').TrimEnd('0');
        string sign = Units.Sign < 0 ? "-" : "";
        return fraction.Length == 0 ? $"{sign}{whole}" : $"{sign}{whole}.{fraction}";
    }

    private sealed class RawScoreJson : JsonConverter<RawScore>
    {
        public override RawScore Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? throw new JsonException("a score is decimal digits in quotes"));

        public override void Write(Utf8JsonWriter writer, RawScore value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
