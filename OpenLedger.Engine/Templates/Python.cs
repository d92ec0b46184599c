using System.Globalization;
using System.Numerics;
using System.Text;

namespace OpenLedger.Engine.Templates;

/// <summary>How Python sees a value: truth, equality, order, length, text. Numbers are <see cref="BigInteger"/>, <c>double</c> and <c>bool</c>; None is null.</summary>
internal static class Python
{
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        BigInteger number => !number.IsZero,
        double number => number != 0,
        string text => text.Length > 0,
        List<object?> list => list.Count > 0,
        PythonTuple tuple => tuple.Items.Count > 0,
        PythonDictionary dictionary => dictionary.Count > 0,
        PythonIterator iterator => !iterator.IsView || iterator.Items.Count > 0,
        _ => true,
    };

    /// <summary>A number as double, a bool as 0 or 1; null for anything else.</summary>
    public static double? AsNumber(object? value) => value switch { bool flag => flag ? 1 : 0, BigInteger number => (double)number, double number => number, _ => null };

    /// <summary>A whole number, a bool as 0 or 1; null for anything else.</summary>
    public static BigInteger? AsInteger(object? value) => value switch { bool flag => flag ? 1 : 0, BigInteger number => number, _ => null };

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (Undefined, Undefined) => true,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (List<object?> a, List<object?> b) => AreEqual(a, b),
        (PythonTuple a, PythonTuple b) => AreEqual(a.Items, b.Items),
        (PythonIterator { Kind: "range" } a, PythonIterator { Kind: "range" } b) => AreEqual(a.Items, b.Items),
        (PythonDictionary a, PythonDictionary b) => AreEqual(a, b),
        _ when AsInteger(left) is BigInteger a && AsInteger(right) is BigInteger b => a == b,
        _ when AsNumber(left) is double a && AsNumber(right) is double b => a == b,
        _ => ReferenceEquals(left, right),
    };

    private static bool AreEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        TemplateRun.EnsureStack();
        return left.Count == right.Count && left.Zip(right).All(pair => AreEqual(pair.First, pair.Second));
    }

    private static bool AreEqual(PythonDictionary left, PythonDictionary right)
    {
        TemplateRun.EnsureStack();
        return left.Count == right.Count && left.Items.All(item => right.TryGet(item.Items[0], out object? other) && AreEqual(item.Items[1], other));
    }

    /// <exception cref="TemplateException">The two have no order between them.</exception>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (Undefined undefined, _) => throw undefined.Error(),
        (_, Undefined undefined) => throw undefined.Error(),
        (string a, string b) => PythonText.Compare(a, b),
        (List<object?> a, List<object?> b) => Compare(a, b),
        (PythonTuple a, PythonTuple b) => Compare(a.Items, b.Items),
        _ when AsInteger(left) is BigInteger a && AsInteger(right) is BigInteger b => a.CompareTo(b),
        _ when AsNumber(left) is double a && AsNumber(right) is double b => a.CompareTo(b),
        _ => throw new TemplateException($"{TypeName(left)} and {TypeName(right)} cannot be put in order"),
    };

    private static int Compare(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        TemplateRun.EnsureStack();
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
            if (!AreEqual(left[i], right[i])) return Compare(left[i], right[i]);
        return left.Count.CompareTo(right.Count);
    }

    /// <exception cref="TemplateException">The value has no length.</exception>
    public static int Length(object? value) => value switch
    {
        Undefined => 0,
        string text => PythonText.Length(text),
        List<object?> list => list.Count,
        PythonTuple tuple => tuple.Items.Count,
        PythonDictionary dictionary => dictionary.Count,
        PythonIterator { IsView: true } view => view.Items.Count,
        _ => throw new TemplateException($"object of type '{TypeName(value)}' has no len()"),
    };

    /// <summary>What a loop over the value would see.</summary>
    /// <exception cref="TemplateException">The value cannot be gone through.</exception>
    public static IReadOnlyList<object?> Iterate(object? value) => value switch
    {
        Undefined => [],
        string text => PythonText.Characters(text),
        List<object?> list => list,
        PythonTuple tuple => tuple.Items,
        PythonDictionary dictionary => [.. dictionary.Keys],
        PythonIterator iterator => iterator.Rest(),
        _ => throw new TemplateException($"'{TypeName(value)}' object is not iterable"),
    };

    public static bool Contains(object? container, object? item) => container switch
    {
        string text => item is string part ? text.Contains(part, StringComparison.Ordinal) : throw new TemplateException($"'in <string>' requires string as left operand, not {TypeName(item)}"),
        PythonDictionary dictionary => dictionary.TryGet(item, out _),
        null => throw new TemplateException("argument of type 'NoneType' is not iterable"),
        PythonIterator { IsView: false } generator => ComesIn(generator, item),
        _ => Iterate(container).Any(other => AreEqual(item, other)),
    };

    private static bool ComesIn(PythonIterator generator, object? item)
    {
        while (generator.TryNext(out object? next))
            if (AreEqual(item, next)) return true;
        return false;
    }

    /// <summary>Python's <c>str()</c>, with nothing for an undefined value.</summary>
    public static string Text(object? value) => value switch { string text => text, Undefined => "", _ => Repr(value) };

    /// <summary>Python's <c>repr()</c>.</summary>
    public static string Repr(object? value)
    {
        StringBuilder output = new();
        WriteRepr(value, output, 0);
        return output.ToString();
    }

    private static void WriteRepr(object? value, StringBuilder output, int depth)
    {
        if (depth > 200) throw new TemplateException("a value is nested too deep to be written");
        switch (value)
        {
            case null: output.Append("None"); break;
            case bool flag: output.Append(flag ? "True" : "False"); break;
            case BigInteger number: output.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: output.Append(PythonNumbers.Repr(number)); break;
            case string text: PythonText.WriteRepr(text, output); break;
            case List<object?> list: WriteItems("[", list, "]", output, depth); break;
            case PythonTuple tuple: WriteItems("(", tuple.Items, tuple.Items.Count == 1 ? ",)" : ")", output, depth); break;
            case PythonDictionary dictionary: WriteDictionary(dictionary, output, depth); break;
            case PythonIterator { Kind: "range" } range: output.Append(RangeText(range)); break;
            case TemplateNamespace space: output.Append("<Namespace "); WriteDictionary(space.ToDictionary(), output, depth); output.Append('>'); break;
            case PythonIterator { IsView: true } view: output.Append(view.Kind).Append('('); WriteItems("[", view.Items, "])", output, depth); break;
            case Undefined: output.Append("Undefined"); break;
            default: output.Append('<').Append(TypeName(value)).Append('>'); break;
        }
    }

    private static string RangeText(PythonIterator range)
    {
        (BigInteger start, BigInteger stop, BigInteger step) = range.Bounds;
        return step.IsOne ? $"range({start}, {stop})" : $"range({start}, {stop}, {step})";
    }

    private static void WriteItems(string open, IReadOnlyList<object?> items, string close, StringBuilder output, int depth)
    {
        output.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0) output.Append(", ");
            WriteRepr(items[i], output, depth + 1);
        }
        output.Append(close);
    }

    private static void WriteDictionary(PythonDictionary dictionary, StringBuilder output, int depth)
    {
        output.Append('{');
        int written = 0;
        foreach (PythonTuple item in dictionary.Items)
        {
            if (written++ > 0) output.Append(", ");
            WriteRepr(item.Items[0], output, depth + 1);
            output.Append(": ");
            WriteRepr(item.Items[1], output, depth + 1);
        }
        output.Append('}');
    }

    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        string => "str",
        List<object?> => "list",
        PythonTuple => "tuple",
        PythonDictionary => "dict",
        PythonIterator iterator => iterator.Kind,
        TemplateNamespace => "Namespace",
        TemplateFunction => "function",
        Undefined => "Undefined",
        _ => value.GetType().Name,
    };
}
