using System.Diagnostics.CodeAnalysis;

namespace OpenLedger.Engine.Templates;

/// <summary>Python's dict: keys in the order of their coming, equal as Python says (1, 1.0 and True are one key).</summary>
internal sealed class PythonDictionary
{
    private static readonly object NoneKey = new();

    private readonly OrderedDictionary<object, object?> _values = new(new KeyEquality());

    public int Count => _values.Count;

    public IEnumerable<object?> Keys => _values.Keys.Select(key => ReferenceEquals(key, NoneKey) ? null : key);

    public IEnumerable<object?> Values => _values.Values;

    public IEnumerable<PythonTuple> Items => Keys.Zip(Values, (key, value) => new PythonTuple([key, value]));

    public bool TryGet(object? key, out object? value)
    {
        if (key is List<object?> or PythonDictionary) throw new TemplateException($"{Python.Repr(key)} cannot be a key");
        return _values.TryGetValue(key ?? NoneKey, out value);
    }

    public void Set(object? key, object? value) => _values[key ?? NoneKey] = value;

    private sealed class KeyEquality : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? left, object? right) => ReferenceEquals(left, right) || (!ReferenceEquals(left, NoneKey) && !ReferenceEquals(right, NoneKey) && Python.AreEqual(left, right));

        int IEqualityComparer<object>.GetHashCode([DisallowNull] object key) => ReferenceEquals(key, NoneKey) ? 0 : Python.AsNumber(key) is double number ? number.GetHashCode() : key is string text ? StringComparer.Ordinal.GetHashCode(text) : 1;
    }
}
