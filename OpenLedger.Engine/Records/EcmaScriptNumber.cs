using System.Globalization;
using System.Numerics;

namespace OpenLedger.Engine.Records;

/// <summary>Writes a number as ECMAScript's Number::toString does (ECMA-262, 6.1.6.1.20), which is what RFC 8785 asks for.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The canonical form of a number's JSON text.</summary>
    /// <exception cref="CanonicalJsonException">Past a double's range, or an integer that a double would round.</exception>
    public static string Canonical(string json)
    {
        double value = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) throw new CanonicalJsonException($"the number {json} is too large for a double");
        bool whole = !json.AsSpan().ContainsAny(".eE");
        if (whole && Math.Abs(value) >= 1L << 53 && BigInteger.Parse(json, CultureInfo.InvariantCulture) != new BigInteger(value))
            throw new CanonicalJsonException($"the integer {json} would be rounded to a double: write it as text");
        return Format(value);
    }

    /// <summary>The shortest digits that read back as the same double, laid out as ECMAScript lays them out.</summary>
    public static string Format(double value)
    {
        if (value == 0) return "0"; // and so for negative zero
        string sign = value < 0 ? "-" : "";
        (string digits, int point) = Decompose(Math.Abs(value));
        return sign + Lay(digits, point);
    }

    // point is ECMA-262's n: the value is 0.DIGITS * 10^n.
    private static string Lay(string digits, int point) => point switch
    {
        > 0 and <= 21 when digits.Length <= point => digits + new string('0', point - digits.Length),
        > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
        > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
        _ => Exponential(digits, point - 1),
    };

    private static string Exponential(string digits, int exponent)
    {
        string mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
    }

    private static (string Digits, int Point) Decompose(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        string mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal).Trim('0');
        int exponent = exponentAt < 0 ? PlainExponent(mantissa) : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (digits, exponent + 1);
    }

    private static int PlainExponent(string mantissa)
    {
        int dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        int whole = dot < 0 ? mantissa.Length : dot;
        if (mantissa[0] != '0') return whole - 1;
        int first = mantissa.AsSpan(dot + 1).IndexOfAnyExcept('0');
        return -first - 1;
    }
}
