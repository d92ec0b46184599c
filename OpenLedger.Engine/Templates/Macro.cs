namespace OpenLedger.Engine.Templates;

/// <summary>Jinja's <c>macro</c>: a body with parameters that gives back what it writes.</summary>
internal sealed record Macro(string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, IReadOnlyList<Statement> Body) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        run.Scope.Set(Name, ToFunction(run));
        return Flow.Next;
    }

    public TemplateFunction ToFunction(TemplateRun run)
    {
        TemplateScope outer = run.Scope;
        return new TemplateFunction(Name, arguments =>
        {
            TemplateScope inner = new(outer);
            return run.Capture(inner, () =>
            {
                Bind(arguments, run);
                ExecuteAll(Body, run);
            });
        });
    }

    private void Bind(CallArguments arguments, TemplateRun run)
    {
        HashSet<string> known = [.. Parameters.Select(parameter => parameter.Name), "caller"];
        for (int i = 0; i < Parameters.Count; i++)
        {
            (string name, Expression? otherwise) = Parameters[i];
            if (i < arguments.Items.Count && arguments.Named.ContainsKey(name)) throw new TemplateException($"macro '{Name}' takes '{name}' once");
            object? missing = new Undefined($"the parameter '{name}'");
            bool given = i < arguments.Items.Count || arguments.Named.ContainsKey(name);
            run.Scope.Set(name, given ? arguments.Get(i, name) : otherwise is null ? missing : otherwise.Evaluate(run));
        }
        if (arguments.Named.TryGetValue("caller", out object? caller)) run.Scope.Set("caller", caller);
        run.Scope.Set("varargs", new PythonTuple([.. arguments.Items.Skip(Parameters.Count)]));
        PythonDictionary more = new();
        foreach ((string name, object? value) in arguments.Named)
            if (!known.Contains(name)) more.Set(name, value);
        run.Scope.Set("kwargs", more);
        if (arguments.Items.Count > Parameters.Count && !Uses("varargs")) throw new TemplateException($"macro '{Name}' takes not more than {Parameters.Count} argument(s)");
        if (more.Count > 0 && !Uses("kwargs")) throw new TemplateException($"macro '{Name}' takes no keyword argument '{Python.Text(more.Keys.First())}'");
    }

    private bool Uses(string name) => UsedNames.Contains(name);

    /// <summary>Every name the body mentions.</summary>
    public IReadOnlySet<string> UsedNames { get; init; } = new HashSet<string>();
}

/// <summary>Jinja's <c>call</c>: a macro called with a body, which it finds as <c>caller</c>.</summary>
internal sealed record CallBlock(Call Call, Macro Caller) : Statement
{
    public override Flow Execute(TemplateRun run)
    {
        CallArguments arguments = Call.Arguments.Evaluate(run);
        Dictionary<string, object?> named = new(arguments.Named, StringComparer.Ordinal) { ["caller"] = Caller.ToFunction(run) };
        run.Write(Python.Text(Templates.Call.Invoke(Call.Of.Evaluate(run), arguments with { Named = named }, run)));
        return Flow.Next;
    }
}
