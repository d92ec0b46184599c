using System.Numerics;
using System.Text;

namespace OpenLedger.Engine.Templates;

/// <summary>The functions every chat template may call.</summary>
internal static class TemplateGlobals
{
    private const int LongestRange = 100_000; // Jinja2's sandbox stops there too

    public static void AddTo(TemplateScope scope, TimeProvider clock)
    {
        Add(scope, "raise_exception", arguments => throw new TemplateException(Python.Text(arguments.Need(0, "message")), isRaisedByTemplate: true));
        Add(scope, "strftime_now", arguments => Now(arguments.Text(0, "format", ""), clock.GetUtcNow()));
        Add(scope, "range", Range);
        Add(scope, "dict", Dictionary);
        Add(scope, "namespace", arguments => new TemplateNamespace(Dictionary(arguments).Items.ToDictionary(item => Python.Text(item.Items[0]), item => item.Items[1], StringComparer.Ordinal)));
        Add(scope, "joiner", Joiner);
        Add(scope, "cycler", Cycler);
    }

    private static void Add(TemplateScope scope, string name, Func<CallArguments, object?> call) => scope.Set(name, new TemplateFunction(name, call));

    private static PythonIterator Range(CallArguments arguments)
    {
        bool hasStart = arguments.Items.Count > 1;
        int start = hasStart ? arguments.Integer(0, "start", 0) : 0, stop = arguments.Integer(hasStart ? 1 : 0, "stop", 0), step = arguments.Integer(2, "step", 1);
        if (step == 0) throw new TemplateException("range() arg 3 must not be zero");
        long count = step > 0 ? ((long)stop - start + step - 1) / step : ((long)start - stop - step - 1) / -(long)step;
        if (count > LongestRange) throw new TemplateException($"Range too big. The sandbox blocks ranges larger than {LongestRange}.");
        return new PythonIterator("range", [.. Enumerable.Range(0, (int)Math.Max(0, count)).Select(i => (object?)new BigInteger((long)start + (long)i * step))]) { Bounds = (start, stop, step) };
    }

    public static PythonDictionary Dictionary(CallArguments arguments)
    {
        PythonDictionary dictionary = new();
        foreach (object? source in arguments.Items)
        {
            if (source is PythonDictionary other) foreach (PythonTuple item in other.Items) dictionary.Set(item.Items[0], item.Items[1]);
            else foreach (IReadOnlyList<object?> pair in Python.Iterate(source).Select(Python.Iterate)) dictionary.Set(pair[0], pair.Count == 2 ? pair[1] : throw new TemplateException("dict() needs pairs"));
        }
        foreach ((string name, object? value) in arguments.Named) dictionary.Set(name, value);
        return dictionary;
    }

    private static TemplateFunction Joiner(CallArguments arguments)
    {
        string next = "", between = arguments.Text(0, "sep", ", ");
        return new TemplateFunction("joiner", _ =>
        {
            (string now, next) = (next, between);
            return now;
        });
    }

    private static TemplateNamespace Cycler(CallArguments arguments)
    {
        int at = -1;
        if (arguments.Items.Count == 0) throw new TemplateException("at least one item has to be provided");
        TemplateNamespace cycler = new(new Dictionary<string, object?> { ["current"] = arguments.Items[0] });
        object? Move(int to)
        {
            at = to % arguments.Items.Count;
            cycler.Values["current"] = arguments.Items[(at + 1) % arguments.Items.Count];
            return at < 0 ? null : arguments.Items[at];
        }
        cycler.Values["next"] = new TemplateFunction("next", _ => Move(at + 1));
        cycler.Values["reset"] = new TemplateFunction("reset", _ => Move(-1));
        return cycler;
    }

    // C's strftime, as far as dates in prompts need it.
    private static string Now(string format, DateTimeOffset now)
    {
        StringBuilder output = new();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length) { output.Append(format[i]); continue; }
            string? pattern = format[++i] switch { 'd' => "dd", 'm' => "MM", 'y' => "yy", 'Y' => "yyyy", 'H' => "HH", 'M' => "mm", 'S' => "ss", 'b' => "MMM", 'B' => "MMMM", 'a' => "ddd", 'A' => "dddd", 'I' => "hh", 'p' => "tt", 'j' => "", 'e' => "%d", '%' => "'%'", _ => null };
            output.Append(pattern is null ? throw new TemplateException($"strftime_now does not know '%{format[i]}'")
                : pattern.Length == 0 ? now.DayOfYear.ToString("000", System.Globalization.CultureInfo.InvariantCulture)
                : pattern == "%d" ? now.Day.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(2)
                : now.ToString(pattern, System.Globalization.CultureInfo.InvariantCulture));
        }
        return output.ToString();
    }
}
