namespace OpenLedger.Engine.Templates;

/// <summary>How a statement ended: on to the next, or out of the loop's turn, or out of the loop.</summary>
internal enum Flow
{
    Next,
    Continue,
    Break,
}

/// <summary>Something in a template that writes or does.</summary>
internal abstract record Statement
{
    public abstract Flow Execute(TemplateRun run);

    public static Flow ExecuteAll(IReadOnlyList<Statement> body, TemplateRun run)
    {
        foreach (Statement statement in body)
        {
            run.Step();
            if (statement.Execute(run) is var flow and not Flow.Next) return flow;
        }
        return Flow.Next;
    }
}

internal sealed record Write(string Text) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        run.Write(Text);
        return Flow.Next;
    }
}

internal sealed record Print(Expression Value) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        run.Write(Python.Text(Value.Evaluate(run)));
        return Flow.Next;
    }
}

internal sealed record If(IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body)> Branches, IReadOnlyList<Statement> Otherwise) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        foreach ((Expression test, IReadOnlyList<Statement> body) in Branches)
            if (Python.IsTrue(test.Evaluate(run))) return ExecuteAll(body, run);
        return ExecuteAll(Otherwise, run);
    }
}

internal sealed record Jump(Flow Flow) : Statement
{
    public override Flow Execute(TemplateRun run) => Flow;
}

/// <summary>Where a value goes: a name, an attribute of a namespace, or several of them at once.</summary>
internal sealed record Target(string Name, string? Member, IReadOnlyList<Target>? Parts)
{
    public void Set(object? value, TemplateRun run)
    {
        if (Parts is not null) Unpack(value, run);
        else if (Member is null) run.Scope.Set(Name, value);
        else if (run.Scope.Find(Name) is TemplateNamespace space) space.Values[Member] = value;
        else throw new TemplateException($"cannot set attribute '{Member}' of '{Name}': it is no namespace");
    }

    private void Unpack(object? value, TemplateRun run)
    {
        IReadOnlyList<object?> items = Python.Iterate(value);
        if (items.Count != Parts!.Count) throw new TemplateException($"{Parts.Count} names cannot take {items.Count} values");
        foreach ((Target part, object? item) in Parts.Zip(items)) part.Set(item, run);
    }
}

internal sealed record Assign(Target Target, Expression Value) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        Target.Set(Value.Evaluate(run), run);
        return Flow.Next;
    }
}

/// <summary>What a body writes becomes a value, through filters if there are any.</summary>
internal sealed record AssignBlock(Target Target, IReadOnlyList<(string Name, ArgumentList Arguments)> Filters, IReadOnlyList<Statement> Body) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        Target.Set(FilterBlock.Run(Filters, Body, run), run);
        return Flow.Next;
    }
}

internal sealed record FilterBlock(IReadOnlyList<(string Name, ArgumentList Arguments)> Filters, IReadOnlyList<Statement> Body) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        run.Write(Python.Text(Run(Filters, Body, run)));
        return Flow.Next;
    }

    public static object? Run(IReadOnlyList<(string Name, ArgumentList Arguments)> filters, IReadOnlyList<Statement> body, TemplateRun run)
    {
        object? value = run.Capture(null, () => ExecuteAll(body, run));
        foreach ((string name, ArgumentList arguments) in filters) value = Templates.Filters.Apply(name, value, arguments.Evaluate(run), run);
        return value;
    }
}

/// <summary>A body with names of its own (<c>with</c>, and <c>generation</c>, which marks the assistant's words for training).</summary>
internal sealed record Block(IReadOnlyList<(Target Target, Expression Value)> Names, IReadOnlyList<Statement> Body) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        List<object?> values = [.. Names.Select(name => name.Value.Evaluate(run))];
        return run.Within(null, () =>
        {
            foreach (((Target target, _), object? value) in Names.Zip(values)) target.Set(value, run);
            return ExecuteAll(Body, run);
        });
    }
}
