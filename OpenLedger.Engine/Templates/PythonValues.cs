using System.Numerics;

namespace OpenLedger.Engine.Templates;

/// <summary>A name or attribute that does not exist: prints as nothing, is false, and fails at any other use (Jinja2's <c>Undefined</c>).</summary>
internal sealed record Undefined(string What)
{
    public TemplateException Error() => new($"{What} is undefined");
}

/// <summary>Python's tuple; <paramref name="Names"/> name its items where it has named ones.</summary>
internal sealed record PythonTuple(IReadOnlyList<object?> Items, IReadOnlyList<string>? Names = null);

/// <summary>What only can be gone through: a view of a dictionary or a range, or a generator, which can be gone through once (<paramref name="Kind"/> says which).</summary>
internal sealed record PythonIterator(string Kind, IReadOnlyList<object?> Items)
{
    /// <summary>A range's three numbers, as they are written: what it holds does not tell them.</summary>
    public (BigInteger Start, BigInteger Stop, BigInteger Step) Bounds { get; init; }

    private int _taken; // of a generator's items

    /// <summary>The items that are left, and from then on none.</summary>
    public IReadOnlyList<object?> Rest() => IsView ? Items : TakeRest();

    /// <summary>The next item, which is then gone; false if there is none.</summary>
    public bool TryNext(out object? item)
    {
        bool found = _taken < Items.Count;
        item = found ? Items[_taken++] : null;
        return found;
    }

    private List<object?> TakeRest()
    {
        List<object?> rest = [.. Items.Skip(_taken)];
        _taken = Items.Count;
        return rest;
    }

    public bool IsView => Kind.StartsWith("dict_", StringComparison.Ordinal) || Kind == "range";
}

/// <summary>Jinja2's <c>namespace</c>: the one thing whose attributes a template may set.</summary>
internal sealed record TemplateNamespace(Dictionary<string, object?> Values)
{
    public PythonDictionary ToDictionary()
    {
        PythonDictionary dictionary = new();
        foreach ((string name, object? value) in Values) dictionary.Set(name, value);
        return dictionary;
    }
}

/// <summary>Arguments of a call: by place and by name.</summary>
internal sealed record CallArguments(IReadOnlyList<object?> Items, IReadOnlyDictionary<string, object?> Named)
{
    public static CallArguments None { get; } = new([], new Dictionary<string, object?>());

    /// <summary>The argument at a place or under a name; <paramref name="otherwise"/> if it was not given.</summary>
    public object? Get(int place, string name, object? otherwise = null) =>
        place < Items.Count ? Items[place] : Named.TryGetValue(name, out object? value) ? value : otherwise;

    public object? Need(int place, string name) =>
        place < Items.Count || Named.ContainsKey(name) ? Get(place, name) : throw new TemplateException($"the argument '{name}' is missing");

    public int Integer(int place, string name, int otherwise) => Get(place, name, new BigInteger(otherwise)) switch
    {
        BigInteger number when number >= int.MinValue && number <= int.MaxValue => (int)number,
        bool flag => flag ? 1 : 0,
        var other => throw new TemplateException($"the argument '{name}' should be a whole number, not {Python.Repr(other)}"),
    };

    public string Text(int place, string name, string otherwise) => Get(place, name, otherwise) switch
    {
        string text => text,
        var other => throw new TemplateException($"the argument '{name}' should be a text, not {Python.Repr(other)}"),
    };

    public bool Flag(int place, string name, bool otherwise) => Python.IsTrue(Get(place, name, otherwise));

    /// <summary>The same arguments with one more in front.</summary>
    public CallArguments Behind(object? first) => new([first, .. Items], Named);

    public CallArguments Skip(int count) => new([.. Items.Skip(count)], Named);
}

/// <summary>Something a template can call: a function, a bound method, a macro.</summary>
internal sealed record TemplateFunction(string Name, Func<CallArguments, object?> Call);
