using System.Numerics;

namespace OpenLedger.Engine.Templates;

/// <summary>Jinja's <c>for</c>, with its filter, its <c>else</c>, its <c>loop</c> and its recursion.</summary>
internal sealed record ForLoop(Target Target, Expression Items, Expression? Test, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Otherwise, bool IsRecursive) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        Go(Items.Evaluate(run), run, 1);
        return Flow.Next;
    }

    private void Go(object? source, TemplateRun run, int depth)
    {
        IReadOnlyList<object?> items = Select(Python.Iterate(source), run);
        if (items.Count == 0) { run.Within(null, () => ExecuteAll(Otherwise, run)); return; }
        LoopState state = new(items, depth);
        TemplateFunction? again = IsRecursive ? new TemplateFunction("loop", arguments => run.Capture(null, () => Go(arguments.Need(0, "iterable"), run, depth + 1))) : null;
        for (int i = 0; i < items.Count; i++)
        {
            run.Step();
            state.Index = i;
            Flow flow = run.Within(null, () =>
            {
                run.Scope.Set("loop", again is null ? state : state with { Again = again });
                Target.Set(items[i], run);
                return ExecuteAll(Body, run);
            });
            if (flow == Flow.Break) return;
        }
    }

    private IReadOnlyList<object?> Select(IReadOnlyList<object?> items, TemplateRun run)
    {
        if (Test is null) return items;
        return [.. items.Where(item => run.Within(null, () =>
        {
            Target.Set(item, run);
            return Python.IsTrue(Test.Evaluate(run));
        }))];
    }
}

/// <summary>What <c>loop</c> shows inside a loop.</summary>
internal sealed record LoopState(IReadOnlyList<object?> Items, int Depth)
{
    private readonly List<object?> _changed = [];

    public int Index { get; set; }

    public TemplateFunction? Again { get; init; }

    public object? Member(string name) => name switch
    {
        "index" => new BigInteger(Index + 1),
        "index0" => new BigInteger(Index),
        "revindex" => new BigInteger(Items.Count - Index),
        "revindex0" => new BigInteger(Items.Count - Index - 1),
        "first" => Index == 0,
        "last" => Index == Items.Count - 1,
        "length" => new BigInteger(Items.Count),
        "depth" => new BigInteger(Depth),
        "depth0" => new BigInteger(Depth - 1),
        "previtem" => Index > 0 ? Items[Index - 1] : new Undefined("there is no previous item, so it"),
        "nextitem" => Index + 1 < Items.Count ? Items[Index + 1] : new Undefined("there is no next item, so it"),
        "cycle" => new TemplateFunction("cycle", arguments => arguments.Items.Count == 0 ? throw new TemplateException("no items for cycling given") : arguments.Items[Index % arguments.Items.Count]),
        "changed" => new TemplateFunction("changed", HasChanged),
        _ => new Undefined($"'loop' has no attribute '{name}', so it"),
    };

    private object HasChanged(CallArguments arguments)
    {
        bool same = _changed.Count == 1 && Python.AreEqual(_changed[0], new PythonTuple(arguments.Items));
        _changed.Clear();
        _changed.Add(new PythonTuple(arguments.Items));
        return !same;
    }
}
