using System.Globalization;
using System.Numerics;

namespace OpenLedger.Engine.Templates;

/// <summary>Jinja2's filters that go through lists.</summary>
internal static class ListFilters
{
    private static readonly HashSet<string> Known =
    [
        "batch", "dictsort", "first", "groupby", "last", "map", "max", "min", "reject", "rejectattr", "select", "selectattr", "slice", "sort", "sum", "unique",
    ];

    public static bool IsKnown(string name) => Known.Contains(name);

    public static object? Apply(string name, object? value, CallArguments arguments, TemplateRun run) => name switch
    {
        "batch" => Batch(Python.Iterate(value), Size(arguments.Integer(0, "linecount", 1)), arguments.Get(1, "fill_with")),
        "dictsort" => SortItems(value as PythonDictionary ?? throw new TemplateException("dictsort needs a dict"), arguments),
        "first" when value is PythonIterator { IsView: false } generator => generator.TryNext(out object? next) ? next : new Undefined("No first item, sequence was empty: it"),
        "first" => Python.Iterate(value) is { Count: > 0 } items ? items[0] : new Undefined("No first item, sequence was empty: it"),
        "last" => Python.Iterate(value) is { Count: > 0 } items ? items[^1] : new Undefined("No last item, sequence was empty: it"),
        "groupby" => GroupBy(Python.Iterate(value), arguments, run),
        "map" => Generator(Map(Streamed(value), arguments, run)),
        "max" => Extreme(Python.Iterate(value), arguments, run, -1),
        "min" => Extreme(Python.Iterate(value), arguments, run, 1),
        "reject" => Generator(Streamed(value).Where(item => !Passes(item, arguments, run))),
        "rejectattr" => Generator(Streamed(value).Where(item => !Passes(Path(item, arguments.Need(0, "attribute"), run), arguments.Skip(1), run))),
        "select" => Generator(Streamed(value).Where(item => Passes(item, arguments, run))),
        "selectattr" => Generator(Streamed(value).Where(item => Passes(Path(item, arguments.Need(0, "attribute"), run), arguments.Skip(1), run))),
        "slice" => Slice(Python.Iterate(value), Size(arguments.Integer(0, "slices", 1)), arguments.Get(1, "fill_with")),
        "sort" => Sort(Python.Iterate(value), arguments, run),
        "sum" => Sum(Python.Iterate(value), arguments, run),
        "unique" => Generator(Unique(Python.Iterate(value), arguments, run)),
        _ => throw new TemplateException($"no filter named '{name}'"),
    };

    /// <summary>The item or attribute at a dotted path.</summary>
    public static object? Path(object? item, object? path, TemplateRun run)
    {
        if (path is not string text) return Members.Item(item, path, run);
        foreach (string part in text.Split('.'))
            item = Members.Item(item, int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? new BigInteger(index) : part, run);
        return item;
    }

    private static PythonIterator Generator(IEnumerable<object?> items) => new("generator", [.. items]);

    // These look whether there is anything before they go through it, so that None is nothing to them.
    private static IReadOnlyList<object?> Streamed(object? value) => Python.IsTrue(value) ? Python.Iterate(value) : [];

    private static int Size(int size) => size > 0 ? size : throw new TemplateException("a size should be at least 1");

    private static IEnumerable<object?> Map(IReadOnlyList<object?> items, CallArguments arguments, TemplateRun run)
    {
        if (arguments.Items.Count == 0 && arguments.Named.TryGetValue("attribute", out object? attribute))
        {
            bool hasDefault = arguments.Named.TryGetValue("default", out object? otherwise);
            return items.Select(item => Path(item, attribute, run) is var found && found is Undefined && hasDefault ? otherwise : found);
        }
        string filter = Python.Text(arguments.Need(0, "filter"));
        return items.Select(item => Filters.Apply(filter, item, arguments.Skip(1), run));
    }

    private static bool Passes(object? item, CallArguments arguments, TemplateRun run)
    {
        run.Step();
        return arguments.Items.Count == 0 ? Python.IsTrue(item) : Tests.Holds(Python.Text(arguments.Items[0]), item, arguments.Skip(1));
    }

    private static PythonIterator Batch(IReadOnlyList<object?> items, int size, object? fill) =>
        Generator(items.Chunk(size).Select(part => (object?)(fill is null ? part.ToList() : [.. part, .. Enumerable.Repeat(fill, size - part.Length)])));

    private static PythonIterator Slice(IReadOnlyList<object?> items, int slices, object? fill)
    {
        int each = items.Count / slices, more = items.Count % slices, offset = 0;
        List<object?> parts = [];
        for (int i = 0; i < slices; i++)
        {
            int start = offset + i * each;
            if (i < more) offset++;
            List<object?> part = [.. items.Skip(start).Take(offset + (i + 1) * each - start)];
            if (fill is not null && i >= more) part.Add(fill);
            parts.Add(part);
        }
        return Generator(parts);
    }

    // Jinja sorts without regard to case unless told otherwise.
    private static object? Folded(object? key, bool caseSensitive) => key is string text && !caseSensitive ? TextMethods.Lower(text) : key;

    private static Func<object?, object?> KeyOf(CallArguments arguments, int caseAt, int attributeAt, TemplateRun run)
    {
        bool caseSensitive = arguments.Flag(caseAt, "case_sensitive", false);
        object? attribute = arguments.Get(attributeAt, "attribute");
        if (attribute is string text && text.Contains(',', StringComparison.Ordinal))
            return item => new PythonTuple([.. text.Split(',').Select(part => Folded(Path(item, part, run), caseSensitive))]);
        return item => Folded(attribute is null ? item : Path(item, attribute, run), caseSensitive);
    }

    private static List<object?> Sort(IEnumerable<object?> items, Func<object?, object?> key, bool reverse)
    {
        Comparer<object?> order = Comparer<object?>.Create((a, b) => reverse ? Python.Compare(b, a) : Python.Compare(a, b));
        try
        {
            return [.. items.OrderBy(key, order)];
        }
        catch (InvalidOperationException error) when (error.InnerException is TemplateException cause)
        {
            throw cause;
        }
    }

    private static List<object?> Sort(IReadOnlyList<object?> items, CallArguments arguments, TemplateRun run) => Sort(items, KeyOf(arguments, 1, 2, run), arguments.Flag(0, "reverse", false));

    private static List<object?> SortItems(PythonDictionary dictionary, CallArguments arguments)
    {
        bool caseSensitive = arguments.Flag(0, "case_sensitive", false);
        int place = arguments.Text(1, "by", "key") == "value" ? 1 : 0;
        return Sort(dictionary.Items, item => Folded(((PythonTuple)item!).Items[place], caseSensitive), arguments.Flag(2, "reverse", false));
    }

    private static List<object?> GroupBy(IReadOnlyList<object?> items, CallArguments arguments, TemplateRun run)
    {
        object? attribute = arguments.Need(0, "attribute"), otherwise = arguments.Get(1, "default");
        bool caseSensitive = arguments.Flag(2, "case_sensitive", false);
        object? Raw(object? item) => Path(item, attribute, run) is var found && found is Undefined && otherwise is not null ? otherwise : found;
        List<object?> groups = [];
        object? last = null;
        foreach (object? item in Sort(items, item => Folded(Raw(item), caseSensitive), false))
        {
            object? key = Folded(Raw(item), caseSensitive);
            if (groups.Count == 0 || !Python.AreEqual(key, last)) groups.Add(new PythonTuple([Raw(item), new List<object?>()], ["grouper", "list"]));
            ((List<object?>)((PythonTuple)groups[^1]!).Items[1]!).Add(item);
            last = key;
        }
        return groups;
    }

    private static object? Extreme(IReadOnlyList<object?> items, CallArguments arguments, TemplateRun run, int sign)
    {
        if (items.Count == 0) return new Undefined("No aggregated item, sequence was empty: it");
        Func<object?, object?> key = KeyOf(arguments, 0, 1, run);
        object? best = items[0];
        foreach (object? item in items.Skip(1))
            if (Python.Compare(key(item), key(best)) * sign < 0) best = item;
        return best;
    }

    private static object? Sum(IReadOnlyList<object?> items, CallArguments arguments, TemplateRun run)
    {
        object? attribute = arguments.Get(0, "attribute"), total = arguments.Get(1, "start", BigInteger.Zero);
        foreach (object? item in items) total = PythonNumbers.Add(total, attribute is null ? item : Path(item, attribute, run));
        return total;
    }

    private static List<object?> Unique(IReadOnlyList<object?> items, CallArguments arguments, TemplateRun run)
    {
        Func<object?, object?> key = KeyOf(arguments, 0, 1, run);
        PythonDictionary seen = new();
        List<object?> unique = [];
        foreach (object? item in items)
        {
            if (seen.TryGet(key(item), out _)) continue;
            seen.Set(key(item), true);
            unique.Add(item);
        }
        return unique;
    }
}
