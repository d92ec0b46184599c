using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace OpenLedger.Contracts.Values;

/// <summary>An amount of OPEN in its smallest unit (10^18 wei = 1 OPEN), an integer that is never negative. Knows nothing of accounts.</summary>
/// <remarks>Its text is the plain decimal integer; <see cref="ToOpenText"/> is for people.</remarks>
[JsonConverter(typeof(TextJsonConverter<Wei>))]
public readonly record struct Wei : IParsable<Wei>, IComparable<Wei>
{
    public const int Decimals = 18;

    private static readonly BigInteger _oneOpen = BigInteger.Pow(10, Decimals);

    /// <param name="amount">In wei, 0 or more.</param>
    /// <exception cref="NegativeAmountException">The amount is below zero.</exception>
    public Wei(BigInteger amount) => Amount = amount.Sign >= 0 ? amount : throw new NegativeAmountException(amount);

    public static Wei Zero => default;

    public static Wei OneOpen => new(_oneOpen);

    /// <summary>In wei.</summary>
    public BigInteger Amount { get; }

    public bool IsZero => Amount.IsZero;

    /// <summary>Reads "1.25" as 1.25 OPEN; at most 18 decimals, no sign, no grouping.</summary>
    public static bool TryParseOpen([NotNullWhen(true)] string? text, out Wei wei)
    {
        wei = default;
        if (text is not { Length: > 0 and <= 80 }) return false;
        string[] parts = text.Split('.');
        if (parts.Length > 2 || parts.Any(part => part.Length == 0 || !part.All(char.IsAsciiDigit)) || (parts.Length == 2 && parts[1].Length > Decimals)) return false;
        string fraction = parts.Length == 2 ? parts[1] : "";
        wei = new Wei(BigInteger.Parse(parts[0] + fraction.PadRight(Decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    public static Wei FromOpen(long open) => new(open * _oneOpen);

    /// <exception cref="FormatException">The text is not a plain decimal integer.</exception>
    public static Wei Parse(string text) => TryParse(text, out Wei wei) ? wei : throw new FormatException($"'{text}' is not an amount in wei: decimal digits only");

    public static bool TryParse([NotNullWhen(true)] string? text, out Wei wei)
    {
        bool digits = text is { Length: > 0 and <= 80 } && text.All(char.IsAsciiDigit);
        wei = digits ? new Wei(BigInteger.Parse(text!, NumberStyles.None, CultureInfo.InvariantCulture)) : default;
        return digits;
    }

    /// <summary>OPEN with at most <paramref name="decimals"/> decimals, rounded down and without trailing zeros; a remainder too small to show reads "&lt;0.0001".</summary>
    /// <param name="decimals">0 to 18.</param>
    public string ToOpenText(int decimals = 4)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)decimals, (uint)Decimals, nameof(decimals));
        BigInteger unit = BigInteger.Pow(10, Decimals - decimals);
        if (Amount.Sign > 0 && Amount < unit) return "<" + new Wei(unit).ToOpenText(decimals);
        string whole = (Amount / _oneOpen).ToString("N0", CultureInfo.InvariantCulture);
        string fraction = (Amount % _oneOpen / unit).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
        return decimals == 0 || fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }

    /// <summary><c>this * numerator / denominator</c>, rounded down once.</summary>
    public Wei MultiplyDivide(BigInteger numerator, BigInteger denominator) => new(Amount * numerator / denominator);

    public int CompareTo(Wei other) => Amount.CompareTo(other.Amount);

    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture);

    public static Wei operator +(Wei left, Wei right) => new(left.Amount + right.Amount);

    /// <exception cref="NegativeAmountException">More is taken than is there.</exception>
    public static Wei operator -(Wei left, Wei right) => new(left.Amount - right.Amount);

    public static Wei operator *(Wei left, long times) => new(left.Amount * times);

    public static bool operator <(Wei left, Wei right) => left.Amount < right.Amount;

    public static bool operator >(Wei left, Wei right) => left.Amount > right.Amount;

    public static bool operator <=(Wei left, Wei right) => left.Amount <= right.Amount;

    public static bool operator >=(Wei left, Wei right) => left.Amount >= right.Amount;

    static Wei IParsable<Wei>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Wei>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Wei result) => TryParse(s, out result);
}
