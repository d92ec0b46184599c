namespace OpenLedger.Engine.Templates;

/// <summary>Reads a whole template from tokens. Blocks that reach outside the template (include, import, extends) are refused.</summary>
internal sealed class TemplateParser(List<JinjaToken> tokens, int deepest) : ExpressionParser(tokens, deepest)
{
    private int _loops;

    public static IReadOnlyList<Statement> Parse(string source, TemplateLimits limits)
    {
        TemplateParser parser = new(JinjaLexer.Cut(source), limits.Depth);
        IReadOnlyList<Statement> body = parser.ParseBody();
        return parser.Current.Kind == JinjaTokenKind.End ? body : throw parser.Error($"'{parser.Ahead.Value}' closes nothing");
    }

    // Up to the end, or to a block that begins with one of the names given (it is left for the caller, behind its opening).
    private List<Statement> ParseBody(params string[] until)
    {
        List<Statement> body = [];
        while (Current.Kind != JinjaTokenKind.End)
        {
            if (Current.Kind == JinjaTokenKind.Text) { body.Add(new Write(Take().Value)); continue; }
            if (Current.Kind == JinjaTokenKind.PrintBegin) { body.Add(ParsePrint()); continue; }
            if (until.Contains(Ahead.Value)) { Take(); return body; }
            if (Ahead.Value.StartsWith("end", StringComparison.Ordinal) || Ahead.Value is "else" or "elif") return until.Length == 0 ? body : throw Error($"'{Ahead.Value}' stands where '{until[^1]}' was expected");
            Take();
            body.Add(Deeper(ParseBlock));
        }
        return until.Length == 0 ? body : throw Error($"'{until[^1]}' is missing");
    }

    private Print ParsePrint()
    {
        Take();
        Expression value = ParseTuple();
        if (Current.Kind != JinjaTokenKind.PrintEnd) throw Unexpected("'}}'");
        Take();
        return new Print(value);
    }

    private Statement ParseBlock()
    {
        string name = TakeName();
        return name switch
        {
            "for" => ParseFor(),
            "if" => ParseIf(),
            "set" => ParseSet(),
            "macro" => ParseMacro(),
            "call" => ParseCall(),
            "filter" => ParseFilterBlock(),
            "with" => ParseWith(),
            "generation" => ParseGeneration(),
            "block" => ParseNamedBlock(),
            "break" => ParseJump(Flow.Break),
            "continue" => ParseJump(Flow.Continue),
            _ => throw Error($"the block '{name}' is not supported"),
        };
    }

    private void EndBlock()
    {
        if (Current.Kind != JinjaTokenKind.BlockEnd) throw Unexpected("'%}'");
        Take();
    }

    private List<Statement> ParseBodyTo(string end)
    {
        List<Statement> body = ParseBody(end);
        Take();
        if (end == "endmacro" && Current.Kind == JinjaTokenKind.Name) Take();
        EndBlock();
        return body;
    }

    private ForLoop ParseFor()
    {
        Target target = ParseTarget(false);
        if (!TrySkipName("in")) throw Unexpected("'in'");
        Expression items = ParseTuple(withConditional: false);
        Expression? test = TrySkipName("if") ? ParseExpression() : null;
        bool recursive = TrySkipName("recursive");
        EndBlock();
        _loops++;
        List<Statement> body = ParseBody("else", "endfor"), otherwise = [];
        _loops--;
        if (TrySkipName("else"))
        {
            EndBlock();
            otherwise = ParseBody("endfor");
        }
        Take();
        EndBlock();
        return new ForLoop(target, items, test, body, otherwise, recursive);
    }

    private If ParseIf()
    {
        List<(Expression, IReadOnlyList<Statement>)> branches = [];
        List<Statement> otherwise = [];
        do
        {
            Expression test = ParseTuple(withConditional: false);
            EndBlock();
            branches.Add((test, ParseBranch("elif", "else", "endif")));
        }
        while (TrySkipName("elif"));
        if (TrySkipName("else"))
        {
            EndBlock();
            otherwise = ParseBranch("endif");
        }
        Take();
        EndBlock();
        return new If(branches, otherwise);
    }

    // In a branch that may never run, Jinja2 misses an unknown filter or test only when it runs.
    private List<Statement> ParseBranch(params string[] until)
    {
        bool before = MayNotRun;
        MayNotRun = true;
        List<Statement> body = ParseBody(until);
        MayNotRun = before;
        return body;
    }

    private Statement ParseSet()
    {
        Target target = ParseTarget(true);
        if (TrySkipOperator("="))
        {
            Expression value = ParseTuple();
            EndBlock();
            return new Assign(target, value);
        }
        List<(string, ArgumentList)> filters = [];
        while (TrySkipOperator("|")) filters.Add(ParseFilter());
        EndBlock();
        return new AssignBlock(target, filters, ParseBodyTo("endset"));
    }

    private Target ParseTarget(bool withNamespace)
    {
        List<Target> parts = [ParseOneTarget(withNamespace)];
        bool isTuple = false;
        while (TrySkipOperator(","))
        {
            isTuple = true;
            if ((Current.Kind != JinjaTokenKind.Name || Current.IsName("in")) && !Current.IsOperator("(")) break;
            parts.Add(ParseOneTarget(withNamespace));
        }
        return isTuple ? new Target("", null, parts) : parts[0];
    }

    private Target ParseOneTarget(bool withNamespace)
    {
        if (TrySkipOperator("("))
        {
            Target inner = Deeper(() => ParseTarget(withNamespace));
            SkipOperator(")");
            return inner;
        }
        string name = TakeName();
        if (name is "true" or "false" or "none" or "True" or "False" or "None") throw Error($"cannot assign to '{name}'");
        return new Target(name, withNamespace && TrySkipOperator(".") ? TakeName() : null, null);
    }

    private Macro ParseMacro()
    {
        string name = TakeName();
        return FinishMacro(name, ParseParameters(), "endmacro");
    }

    private Macro FinishMacro(string name, List<(string, Expression?)> parameters, string end)
    {
        EndBlock();
        HashSet<string> before = Mentioned;
        int loops = _loops;
        (Mentioned, _loops) = ([], 0);
        List<Statement> body = ParseBodyTo(end);
        Macro macro = new(name, parameters, body) { UsedNames = Mentioned };
        before.UnionWith(Mentioned);
        (Mentioned, _loops) = (before, loops);
        return macro;
    }

    private List<(string, Expression?)> ParseParameters()
    {
        SkipOperator("(");
        List<(string, Expression?)> parameters = [];
        while (!TrySkipOperator(")"))
        {
            if (parameters.Count > 0) SkipOperator(",");
            if (TrySkipOperator(")")) break;
            (string, Expression?) parameter = (TakeName(), TrySkipOperator("=") ? ParseExpression() : null);
            if (parameter.Item2 is null && parameters.Any(before => before.Item2 is not null)) throw Error("a parameter without a default follows one with a default");
            parameters.Add(parameter);
        }
        return parameters;
    }

    private CallBlock ParseCall()
    {
        List<(string, Expression?)> parameters = Current.IsOperator("(") ? ParseParameters() : [];
        Call call = ParseExpression() as Call ?? throw Error("'call' needs a call");
        return new CallBlock(call, FinishMacro("caller", parameters, "endcall"));
    }

    private FilterBlock ParseFilterBlock()
    {
        List<(string, ArgumentList)> filters = [ParseFilter()];
        while (TrySkipOperator("|")) filters.Add(ParseFilter());
        EndBlock();
        return new FilterBlock(filters, ParseBodyTo("endfilter"));
    }

    private Block ParseWith()
    {
        List<(Target, Expression)> names = [];
        while (Current.Kind != JinjaTokenKind.BlockEnd)
        {
            if (names.Count > 0) SkipOperator(",");
            Target target = ParseOneTarget(false);
            SkipOperator("=");
            names.Add((target, ParseExpression()));
        }
        EndBlock();
        return new Block(names, ParseBodyTo("endwith"));
    }

    private Block ParseGeneration()
    {
        EndBlock();
        return new Block([], ParseBodyTo("endgeneration"));
    }

    // There is nothing to inherit from, so a named block is what stands in it.
    private Block ParseNamedBlock()
    {
        string name = TakeName();
        EndBlock();
        List<Statement> body = ParseBody("endblock");
        Take();
        if (Current.Kind == JinjaTokenKind.Name && !TrySkipName(name)) throw Error($"'endblock {Current.Value}' closes the block '{name}'");
        EndBlock();
        return new Block([], body);
    }

    private Jump ParseJump(Flow flow)
    {
        if (_loops == 0) throw Error("break and continue belong in a loop");
        EndBlock();
        return new Jump(flow);
    }
}
