using System.Numerics;

namespace OpenLedger.Engine.Templates;

/// <summary>What stands behind a dot, an index or a slice. Nothing that changes a value is among it (Jinja2's immutable sandbox).</summary>
internal static class Members
{
    /// <summary><c>a.b</c>: attributes and methods first, then items.</summary>
    public static object? Attribute(object? value, string name, TemplateRun run)
    {
        if (value is Undefined undefined) throw undefined.Error();
        if (value is TemplateNamespace space) return space.Values.TryGetValue(name, out object? kept) ? kept : Missing(value, name);
        return OwnAttribute(value, name, run) ?? (value is PythonDictionary dictionary && dictionary.TryGet(name, out object? item) ? item : Missing(value, name));
    }

    /// <summary><c>a[b]</c>: items first, then attributes.</summary>
    public static object? Item(object? value, object? key, TemplateRun run)
    {
        if (value is Undefined undefined) throw undefined.Error();
        if (value is PythonDictionary dictionary && dictionary.TryGet(key, out object? item)) return item;
        if (Python.AsInteger(key) is BigInteger index && value is string or List<object?> or PythonTuple or PythonIterator { Kind: "range" }) return ItemAt(value, Python.AsInteger(key)!.Value);
        return key is string name && OwnAttribute(value, name, run) is object own ? own : Missing(value, Python.Text(key));
    }

    public static object Slice(object? value, object? start, object? stop, object? every)
    {
        if (value is Undefined undefined) throw undefined.Error();
        if (value is not (string or List<object?> or PythonTuple or PythonIterator { Kind: "range" })) throw new TemplateException($"'{Python.TypeName(value)}' object is not subscriptable");
        IReadOnlyList<object?> items = Python.Iterate(value);
        int step = Bound(every) ?? 1;
        (int from, int to) = Places(items.Count, Bound(start), Bound(stop), step);
        List<object?> part = [];
        for (long i = from; step > 0 ? i < to : i > to; i += step) part.Add(items[(int)i]);
        return value switch { string => string.Concat(part), PythonTuple => new PythonTuple(part), PythonIterator range => Sliced(range.Bounds, from, to, step, part), _ => part };
    }

    private static PythonIterator Sliced((BigInteger Start, BigInteger Stop, BigInteger Step) whole, int from, int to, int step, List<object?> part) =>
        new("range", part) { Bounds = (whole.Start + from * whole.Step, whole.Start + to * whole.Step, whole.Step * step) };

    // Python's slice.indices().
    private static (int From, int To) Places(int count, int? start, int? stop, int every)
    {
        if (every == 0) throw new TemplateException("slice step cannot be zero");
        int lowest = every > 0 ? 0 : -1, highest = every > 0 ? count : count - 1;
        int from = start is int first ? Clamp(first, count, lowest, highest) : every > 0 ? 0 : count - 1;
        int to = stop is int last ? Clamp(last, count, lowest, highest) : every > 0 ? count : -1;
        return (from, to);
    }

    private static int Clamp(int index, int count, int lowest, int highest) => Math.Clamp(index < 0 ? index + count : index, lowest, highest);

    private static int? Bound(object? value) => value switch
    {
        null => null,
        _ => Python.AsInteger(value) is BigInteger number ? (int)BigInteger.Max(BigInteger.Min(number, int.MaxValue / 2), int.MinValue / 2) : throw new TemplateException("slice indices must be integers or None"),
    };

    private static object? ItemAt(object? value, BigInteger index)
    {
        IReadOnlyList<object?> items = Python.Iterate(value);
        if (index < 0) index += items.Count;
        return index >= 0 && index < items.Count ? items[(int)index] : new Undefined($"{Python.TypeName(value)} object has no element {index}, so it");
    }

    private static object? OwnAttribute(object? value, string name, TemplateRun run) => value switch
    {
        string text => TextMethods.Find(text, name, run),
        PythonDictionary dictionary => DictionaryMethod(dictionary, name),
        List<object?> or PythonTuple { Names: null } => SequenceMethod(Python.Iterate(value), name),
        PythonTuple { Names: IReadOnlyList<string> names } tuple => names.Select((each, i) => each == name ? tuple.Items[i] : null).FirstOrDefault(item => item is not null),
        LoopState loop => loop.Member(name),
        TemplateFunction function => name == "name" ? function.Name : null,
        _ => null,
    };

    private static TemplateFunction? DictionaryMethod(PythonDictionary dictionary, string name) => name switch
    {
        "get" => new(name, arguments => dictionary.TryGet(arguments.Need(0, "key"), out object? value) ? value : arguments.Get(1, "default")),
        "items" => new(name, _ => new PythonIterator("dict_items", [.. dictionary.Items])),
        "keys" => new(name, _ => new PythonIterator("dict_keys", [.. dictionary.Keys])),
        "values" => new(name, _ => new PythonIterator("dict_values", [.. dictionary.Values])),
        "copy" => new(name, _ => dictionary),
        "pop" or "update" or "clear" or "setdefault" or "popitem" => Refused(name),
        _ => null,
    };

    private static TemplateFunction? SequenceMethod(IReadOnlyList<object?> items, string name) => name switch
    {
        "index" => new(name, arguments => items.ToList().FindIndex(item => Python.AreEqual(item, arguments.Need(0, "value"))) is int at and >= 0 ? new BigInteger(at) : throw new TemplateException($"{Python.Repr(arguments.Items[0])} is not in list")),
        "count" => new(name, arguments => new BigInteger(items.Count(item => Python.AreEqual(item, arguments.Need(0, "value"))))),
        "copy" => new(name, _ => items.ToList()),
        "append" or "extend" or "insert" or "pop" or "remove" or "clear" or "sort" or "reverse" => Refused(name),
        _ => null,
    };

    private static TemplateFunction Refused(string name) => new(name, _ => throw new TemplateException($"'{name}' would change a value, which a template may not"));

    private static Undefined Missing(object? value, string name) => new($"'{Python.TypeName(value)} object' has no attribute '{name}': it");
}
