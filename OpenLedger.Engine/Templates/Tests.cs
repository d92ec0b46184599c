using System.Numerics;

namespace OpenLedger.Engine.Templates;

/// <summary>Jinja2's tests: what stands behind <c>is</c>.</summary>
internal static class Tests
{
    public static bool IsKnown(string name) => name is "boolean" or "callable" or "defined" or "divisibleby" or "eq" or "equalto" or "==" or "even" or "false" or "float" or "ge" or ">=" or "gt" or "greaterthan" or ">"
        or "in" or "integer" or "iterable" or "le" or "<=" or "lower" or "lt" or "lessthan" or "<" or "mapping" or "ne" or "!=" or "none" or "number" or "odd" or "sameas" or "sequence" or "string" or "true" or "undefined" or "upper"
        or "escaped" or "filter" or "test";

    public static bool Holds(string name, object? value, CallArguments arguments) => name switch
    {
        "defined" => value is not Undefined,
        "undefined" => value is Undefined,
        "none" => value is null,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "integer" => value is BigInteger,
        "float" => value is double,
        "number" => value is BigInteger or double or bool,
        "string" => value is string,
        "mapping" => value is PythonDictionary,
        "sequence" => value is string or List<object?> or PythonTuple or PythonDictionary or Undefined or PythonIterator { Kind: "range" },
        "iterable" => value is string or List<object?> or PythonTuple or PythonDictionary or PythonIterator or Undefined,
        "callable" => value is TemplateFunction,
        "escaped" => false,
        "odd" => Remainder(value, new BigInteger(2)) == 1,
        "even" => Remainder(value, new BigInteger(2)) == 0,
        "divisibleby" => Remainder(value, arguments.Need(0, "num")) == 0,
        "upper" => Python.Text(value) is string text && text.Any(char.IsUpper) && !text.Any(char.IsLower),
        "lower" => Python.Text(value) is string text && text.Any(char.IsLower) && !text.Any(char.IsUpper),
        "sameas" => IsSame(value, arguments.Need(0, "other")),
        "in" => Python.Contains(arguments.Need(0, "seq"), value),
        "filter" => Filters.IsKnown(Python.Text(value)),
        "test" => IsKnown(Python.Text(value)),
        "eq" or "equalto" or "==" => Compare(ComparisonOperator.Equal, value, arguments),
        "ne" or "!=" => Compare(ComparisonOperator.NotEqual, value, arguments),
        "lt" or "lessthan" or "<" => Compare(ComparisonOperator.Less, value, arguments),
        "le" or "<=" => Compare(ComparisonOperator.LessOrEqual, value, arguments),
        "gt" or "greaterthan" or ">" => Compare(ComparisonOperator.Greater, value, arguments),
        "ge" or ">=" => Compare(ComparisonOperator.GreaterOrEqual, value, arguments),
        _ => throw new TemplateException($"no test named '{name}'"),
    };

    private static bool Compare(ComparisonOperator sign, object? value, CallArguments arguments) => Comparison.Holds(sign, value, arguments.Need(0, "other"));

    private static bool IsSame(object? value, object? other) => value is null or bool or string or BigInteger or double ? value?.GetType() == other?.GetType() && Python.AreEqual(value, other) : ReferenceEquals(value, other);

    private static double? Remainder(object? value, object? divisor) => Python.AsNumber(value is string format ? PythonFormat.Percent(format, divisor) : PythonNumbers.Modulo(value, divisor));
}
