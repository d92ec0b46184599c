using System.Globalization;
using System.Numerics;

namespace OpenLedger.Engine.Templates;

/// <summary>Python's arithmetic: whole numbers without end, floor division, and floats written as Python writes them.</summary>
internal static class PythonNumbers
{
    /// <summary>Most digits of a number that is read: Python's own limit (sys.int_info.default_max_str_digits), beyond which the time grows with their square.</summary>
    public const int MostDigits = 4_300;

    private const int MostBits = 100_000;

    public static object Add(object? left, object? right) => Both(left, right, "+", (a, b) => a + b, (a, b) => a + b);

    public static object Subtract(object? left, object? right) => Both(left, right, "-", (a, b) => a - b, (a, b) => a - b);

    public static object Multiply(object? left, object? right) => Both(left, right, "*", (a, b) => Bounded(a * b), (a, b) => a * b);

    public static object Divide(object? left, object? right) => Both(left, right, "/", (a, b) => (double)a / (double)b, (a, b) => a / b, divides: true);

    public static object FloorDivide(object? left, object? right) => Both(left, right, "//", (a, b) => FloorDivide(a, b), (a, b) => Math.Floor((a - Modulo(a, b)) / b + 0.25), divides: true);

    public static object Modulo(object? left, object? right) => Both(left, right, "%", (a, b) => a - FloorDivide(a, b) * b, Modulo, divides: true);

    public static object Power(object? left, object? right)
    {
        if (Python.AsInteger(left) is BigInteger number && Python.AsInteger(right) is BigInteger exponent && exponent >= 0)
        {
            if (exponent * Math.Max(1, number.GetBitLength()) > MostBits) throw new TemplateException("a power grows too large");
            return BigInteger.Pow(number, (int)exponent);
        }
        return Both(left, right, "** or pow()", (a, b) => Math.Pow((double)a, (double)b), Math.Pow);
    }

    public static object Negate(object? value) => value switch
    {
        double number => -number,
        _ => Python.AsInteger(value) is BigInteger number ? -number : throw Unfit("unary -", value, value),
    };

    /// <summary>Python's <c>repr(float)</c>: the shortest digits that come back, with an exponent below 1e-4 and from 1e16 on.</summary>
    public static string Repr(double number)
    {
        if (double.IsNaN(number)) return "nan";
        if (double.IsInfinity(number)) return number > 0 ? "inf" : "-inf";
        (string sign, string digits, int exponent) = Parts(number.ToString("R", CultureInfo.InvariantCulture));
        if (exponent is < -4 or >= 16) return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        string whole = digits.Length > exponent ? digits[..(exponent + 1)] : digits.PadRight(exponent + 1, '0');
        string rest = digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0";
        return $"{sign}{whole}.{rest}";
    }

    /// <summary>Python's <c>int(text, base)</c>; null where the text is no number of that base, or has more than <see cref="MostDigits"/>.</summary>
    public static BigInteger? Parse(string text, int radix)
    {
        string digits = text.Trim().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        bool negative = digits.StartsWith('-');
        digits = digits.TrimStart('-', '+');
        int named = digits.Length > 2 && digits[0] == '0' ? digits[1] switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (named > 0 && (radix == 0 || radix == named)) (radix, digits) = (named, digits[2..]);
        if (radix == 0) radix = 10;
        if (digits.Length is 0 or > MostDigits || digits.Any(digit => !char.IsAsciiLetterOrDigit(digit) || Digit(digit) >= radix)) return null;
        BigInteger value = digits.Aggregate(BigInteger.Zero, (sum, digit) => sum * radix + Digit(digit));
        return negative ? -value : value;
    }

    private static int Digit(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : digit - 'a' + 10;

    // Sign, significant digits, and the power of ten of the first digit.
    private static (string Sign, string Digits, int Exponent) Parts(string text)
    {
        string sign = text.StartsWith('-') ? "-" : "";
        text = text.TrimStart('-');
        int e = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        string significant = digits.TrimStart('0');
        if (significant.Length == 0) return (sign, "0", 0);
        exponent -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return (sign, significant, exponent);
    }

    private static object Both(object? left, object? right, string sign, Func<BigInteger, BigInteger, object> whole, Func<double, double, double> real, bool divides = false)
    {
        if (left is Undefined undefined) throw undefined.Error();
        if (right is Undefined missing) throw missing.Error();
        if (Python.AsNumber(left) is not double a || Python.AsNumber(right) is not double b) throw Unfit(sign, left, right);
        if (divides && b == 0) throw new TemplateException("division by zero");
        return Python.AsInteger(left) is BigInteger x && Python.AsInteger(right) is BigInteger y ? whole(x, y) : real(a, b);
    }

    // The exact remainder, with the sign of the divisor.
    private static double Modulo(double left, double right) => left % right is var rest && rest != 0 && rest < 0 != right < 0 ? rest + right : rest;

    private static BigInteger FloorDivide(BigInteger left, BigInteger right)
    {
        BigInteger quotient = BigInteger.DivRem(left, right, out BigInteger remainder);
        return !remainder.IsZero && remainder.Sign != right.Sign ? quotient - 1 : quotient;
    }

    private static BigInteger Bounded(BigInteger number) => number.GetBitLength() <= MostBits ? number : throw new TemplateException("a number grows too large");

    private static TemplateException Unfit(string sign, object? left, object? right) =>
        new($"unsupported operand type(s) for {sign}: '{Python.TypeName(left)}' and '{Python.TypeName(right)}'");
}
