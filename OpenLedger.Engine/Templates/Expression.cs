namespace OpenLedger.Engine.Templates;

/// <summary>Something in a template that has a value.</summary>
internal abstract record Expression
{
    public abstract object? Evaluate(TemplateRun run);
}

internal sealed record Constant(object? Value) : Expression
{
    public override object? Evaluate(TemplateRun run) => Value;
}

internal sealed record Name(string Text) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return run.Scope.Find(Text);
    }
}

internal sealed record ListLiteral(IReadOnlyList<Expression> Items) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Items.Select(item => item.Evaluate(run)).ToList();
    }
}

internal sealed record TupleLiteral(IReadOnlyList<Expression> Items) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return new PythonTuple([.. Items.Select(item => item.Evaluate(run))]);
    }
}

internal sealed record DictionaryLiteral(IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        PythonDictionary dictionary = new();
        foreach ((Expression key, Expression value) in Items) dictionary.Set(key.Evaluate(run), value.Evaluate(run));
        return dictionary;
    }
}

internal sealed record Conditional(Expression Test, Expression Then, Expression? Otherwise) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Python.IsTrue(Test.Evaluate(run)) ? Then.Evaluate(run) : Otherwise is null ? new Undefined("the inline if-expression without an else") : Otherwise.Evaluate(run);
    }
}

internal sealed record Attribute(Expression Of, string Member) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Members.Attribute(Of.Evaluate(run), Member, run);
    }
}

internal sealed record Subscript(Expression Of, Expression Key) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Members.Item(Of.Evaluate(run), Key.Evaluate(run), run);
    }
}

internal sealed record Slice(Expression Of, Expression? Start, Expression? Stop, Expression? Every) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Members.Slice(Of.Evaluate(run), Start?.Evaluate(run), Stop?.Evaluate(run), Every?.Evaluate(run));
    }
}

/// <summary>Arguments as a template writes them.</summary>
internal sealed record ArgumentList(IReadOnlyList<(Expression Value, bool Spreads)> Items, IReadOnlyList<(string? Name, Expression Value)> Named)
{
    public static ArgumentList None { get; } = new([], []);

    public CallArguments Evaluate(TemplateRun run)
    {
        if (Items.Count == 0 && Named.Count == 0) return CallArguments.None;
        List<object?> items = [];
        foreach ((Expression value, bool spreads) in Items)
        {
            if (spreads) items.AddRange(Python.Iterate(value.Evaluate(run)));
            else items.Add(value.Evaluate(run));
        }
        Dictionary<string, object?> named = new(StringComparer.Ordinal);
        foreach ((string? name, Expression value) in Named)
        {
            if (name is not null) named[name] = value.Evaluate(run);
            else if (value.Evaluate(run) is PythonDictionary more) foreach (PythonTuple item in more.Items) named[Python.Text(item.Items[0])] = item.Items[1];
            else throw new TemplateException("what follows ** should be a dict");
        }
        return new CallArguments(items, named);
    }
}

internal sealed record Call(Expression Of, ArgumentList Arguments) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Invoke(Of.Evaluate(run), Arguments.Evaluate(run), run);
    }

    public static object? Invoke(object? callee, CallArguments arguments, TemplateRun run)
    {
        run.Step();
        return callee switch
        {
            TemplateFunction function => function.Call(arguments),
            LoopState { Again: TemplateFunction again } => again.Call(arguments),
            Undefined undefined => throw undefined.Error(),
            _ => throw new TemplateException($"'{Python.TypeName(callee)}' object is not callable"),
        };
    }
}

internal sealed record Filtered(Expression Of, string Filter, ArgumentList Arguments) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Filters.Apply(Filter, Of.Evaluate(run), Arguments.Evaluate(run), run);
    }
}

internal sealed record Tested(Expression Of, string Test, ArgumentList Arguments) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return Tests.Holds(Test, Of.Evaluate(run), Arguments.Evaluate(run));
    }
}
