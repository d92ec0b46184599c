using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace OpenLedger.Engine.Templates;

/// <summary>One rendering under way: where output goes, which names are seen, and how much of the limits is spent.</summary>
internal sealed class TemplateRun(TemplateLimits limits, TemplateScope globals, TimeProvider clock)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private StringBuilder _output = new();
    private int _steps, _depth;

    public TemplateScope Scope { get; private set; } = globals;

    public TimeProvider Clock => clock;

    public void Step()
    {
        EnsureStack();
        if (++_steps > limits.Steps) throw new TemplateException($"the template took more than {limits.Steps} steps");
        if (_steps % 256 == 0 && Stopwatch.GetElapsedTime(_started) > limits.Time) throw new TemplateException($"the template took longer than {limits.Time.TotalSeconds:0.#} s");
    }

    /// <summary>Refuses what nests so deep that going on would end the process: a sum of 100,000 terms nests as deep as it is long.</summary>
    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new TemplateException("the template nests deeper than the stack reaches");
    }

    public void Write(string text)
    {
        Check(_output.Length + (long)text.Length);
        _output.Append(text);
    }

    /// <summary>Refuses a text that would grow too long.</summary>
    public void Check(long length)
    {
        if (length > limits.TextLength) throw new TemplateException($"the template makes a text longer than {limits.TextLength} characters");
    }

    /// <summary>Runs within a new scope (by default one inside the present one).</summary>
    public T Within<T>(TemplateScope? scope, Func<T> body)
    {
        if (++_depth > limits.Depth) throw new TemplateException($"the template nests deeper than {limits.Depth} levels");
        TemplateScope before = Scope;
        Scope = scope ?? new TemplateScope(before);
        try
        {
            return body();
        }
        finally
        {
            Scope = before;
            _depth--;
        }
    }

    /// <summary>What a body writes, instead of writing it.</summary>
    public string Capture(TemplateScope? scope, Action body)
    {
        StringBuilder before = _output;
        _output = new StringBuilder();
        try
        {
            return Within(scope, () => { body(); return _output.ToString(); });
        }
        finally
        {
            _output = before;
        }
    }

    public string Result() => _output.ToString();
}
