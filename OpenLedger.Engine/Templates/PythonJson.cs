using System.Globalization;
using System.Numerics;
using System.Text;

namespace OpenLedger.Engine.Templates;

/// <summary>Python's <c>json.dumps</c>, as chat templates know <c>tojson</c> (no HTML escapes, characters kept).</summary>
internal sealed class PythonJson
{
    private readonly StringBuilder _output = new();
    private readonly bool _ascii, _sorts;
    private readonly string? _indent;
    private readonly string _itemSign, _keySign;
    private readonly TemplateRun _run;

    private PythonJson(CallArguments arguments, TemplateRun run)
    {
        _run = run;
        _ascii = arguments.Flag(0, "ensure_ascii", false);
        _indent = arguments.Get(1, "indent") switch { null => null, string text => text, var width => new string(' ', Math.Clamp((int)(Python.AsInteger(width) ?? 0), 0, 64)) };
        IReadOnlyList<object?>? signs = arguments.Get(2, "separators") is object given ? Python.Iterate(given) : null;
        _itemSign = signs is { Count: 2 } ? Python.Text(signs[0]) : _indent is null ? ", " : ",";
        _keySign = signs is { Count: 2 } ? Python.Text(signs[1]) : ": ";
        _sorts = arguments.Flag(3, "sort_keys", false);
    }

    public static string Write(object? value, CallArguments arguments, TemplateRun run)
    {
        PythonJson json = new(arguments, run);
        json.Write(value, 0);
        return json._output.ToString();
    }

    private void Write(object? value, int depth)
    {
        _run.Step();
        if (depth > 200) throw new TemplateException("a value is nested too deep for JSON");
        switch (value)
        {
            case null: _output.Append("null"); break;
            case bool flag: _output.Append(flag ? "true" : "false"); break;
            case BigInteger number: _output.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: _output.Append(double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? number > 0 ? "Infinity" : "-Infinity" : PythonNumbers.Repr(number)); break;
            case string text: WriteText(text); break;
            case List<object?> or PythonTuple: WriteList(Python.Iterate(value), depth); break;
            case PythonDictionary dictionary: WriteDictionary(dictionary, depth); break;
            default: throw new TemplateException($"Object of type {Python.TypeName(value)} is not JSON serializable");
        }
    }

    private void WriteList(IReadOnlyList<object?> items, int depth)
    {
        if (items.Count == 0) { _output.Append("[]"); return; }
        _output.Append('[');
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0) _output.Append(_itemSign);
            NewLine(depth + 1);
            Write(items[i], depth + 1);
        }
        NewLine(depth);
        _output.Append(']');
    }

    private void WriteDictionary(PythonDictionary dictionary, int depth)
    {
        if (dictionary.Count == 0) { _output.Append("{}"); return; }
        _output.Append('{');
        IEnumerable<PythonTuple> items = _sorts ? dictionary.Items.Order(Comparer<PythonTuple>.Create((a, b) => Python.Compare(a.Items[0], b.Items[0]))) : dictionary.Items;
        int written = 0;
        foreach (PythonTuple item in items)
        {
            if (written++ > 0) _output.Append(_itemSign);
            NewLine(depth + 1);
            WriteText(Key(item.Items[0]));
            _output.Append(_keySign);
            Write(item.Items[1], depth + 1);
        }
        NewLine(depth);
        _output.Append('}');
    }

    private static string Key(object? key) => key switch
    {
        string text => text,
        null => "null",
        bool flag => flag ? "true" : "false",
        BigInteger or double => Python.Repr(key),
        _ => throw new TemplateException($"keys must be str, int, float, bool or None, not {Python.TypeName(key)}"),
    };

    private void NewLine(int depth)
    {
        if (_indent is null) return;
        _output.Append('\n');
        for (int i = 0; i < depth; i++) _output.Append(_indent);
    }

    private void WriteText(string text)
    {
        _run.Check(_output.Length + (long)text.Length);
        _output.Append('"');
        foreach (char unit in text)
        {
            string? escape = unit switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", '\b' => "\\b", '\f' => "\\f", _ => null };
            if (escape is not null) _output.Append(escape);
            else if (unit < ' ' || (_ascii && unit > '~')) _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else _output.Append(unit);
        }
        _output.Append('"');
    }
}
