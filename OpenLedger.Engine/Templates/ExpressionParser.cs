using System.Globalization;
using System.Numerics;

namespace OpenLedger.Engine.Templates;

/// <summary>Reads expressions from tokens, with Jinja2's precedence.</summary>
internal class ExpressionParser(List<JinjaToken> tokens, int deepest)
{
    private int _at, _depth;

    /// <summary>Names and members mentioned since it was last emptied.</summary>
    protected HashSet<string> Mentioned { get; set; } = [];

    /// <summary>Whether what is read stands in a branch.</summary>
    protected bool MayNotRun { get; set; }

    protected JinjaToken Current => tokens[_at];

    protected JinjaToken Ahead => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    protected JinjaToken Take() => tokens[_at == tokens.Count - 1 ? _at : _at++];

    protected bool TrySkipOperator(string sign)
    {
        if (!Current.IsOperator(sign)) return false;
        Take();
        return true;
    }

    protected bool TrySkipName(string name)
    {
        if (!Current.IsName(name)) return false;
        Take();
        return true;
    }

    protected void SkipOperator(string sign)
    {
        if (!TrySkipOperator(sign)) throw Unexpected($"'{sign}'");
    }

    protected string TakeName() => Current.Kind == JinjaTokenKind.Name ? Take().Value : throw Unexpected("a name");

    protected TemplateException Unexpected(string wanted) => Error($"{wanted} was expected, not {(Current.Kind is JinjaTokenKind.BlockEnd or JinjaTokenKind.PrintEnd ? "the end of the tag" : Current.Kind == JinjaTokenKind.End ? "the end" : $"'{Current.Value}'")}");

    protected TemplateException Error(string what) => new($"template, line {Current.Line}: {what}");

    protected T Deeper<T>(Func<T> parse)
    {
        if (++_depth > deepest) throw Error($"nests deeper than {deepest} levels");
        T parsed = parse();
        _depth--;
        return parsed;
    }

    /// <summary>Values with commas between them are a tuple.</summary>
    protected Expression ParseTuple(bool withConditional = true)
    {
        Expression first = withConditional ? ParseExpression() : ParseOr();
        if (!Current.IsOperator(",")) return first;
        List<Expression> items = [first];
        while (TrySkipOperator(","))
        {
            if (IsTupleEnd()) break;
            items.Add(withConditional ? ParseExpression() : ParseOr());
        }
        return new TupleLiteral(items);
    }

    private bool IsTupleEnd() => Current.Kind is JinjaTokenKind.PrintEnd or JinjaTokenKind.BlockEnd || Current.IsOperator(")") || Current.IsOperator("]");

    protected Expression ParseExpression() => Deeper(() =>
    {
        Expression value = ParseOr();
        while (TrySkipName("if"))
        {
            Expression test = ParseOr();
            Expression? otherwise = TrySkipName("else") ? ParseExpression() : null;
            value = new Conditional(test, value, otherwise);
        }
        return value;
    });

    protected Expression ParseOr()
    {
        Expression left = ParseAnd();
        while (TrySkipName("or")) left = new Or(left, ParseAnd());
        return left;
    }

    private Expression ParseAnd()
    {
        Expression left = ParseNot();
        while (TrySkipName("and")) left = new And(left, ParseNot());
        return left;
    }

    private Expression ParseNot() => Current.IsName("not") ? Deeper<Expression>(() => { Take(); return new Not(ParseNot()); }) : ParseComparison();

    private Expression ParseComparison()
    {
        Expression first = ParseSum();
        List<(ComparisonOperator, Expression)> rest = [];
        while (TakeComparison() is ComparisonOperator sign) rest.Add((sign, ParseSum()));
        return rest.Count == 0 ? first : new Comparison(first, rest);
    }

    private ComparisonOperator? TakeComparison()
    {
        ComparisonOperator? sign = (Current.Kind, Current.Value) switch
        {
            (JinjaTokenKind.Operator, "==") => ComparisonOperator.Equal,
            (JinjaTokenKind.Operator, "!=") => ComparisonOperator.NotEqual,
            (JinjaTokenKind.Operator, "<") => ComparisonOperator.Less,
            (JinjaTokenKind.Operator, "<=") => ComparisonOperator.LessOrEqual,
            (JinjaTokenKind.Operator, ">") => ComparisonOperator.Greater,
            (JinjaTokenKind.Operator, ">=") => ComparisonOperator.GreaterOrEqual,
            (JinjaTokenKind.Name, "in") => ComparisonOperator.In,
            (JinjaTokenKind.Name, "not") when Ahead.IsName("in") => ComparisonOperator.NotIn,
            _ => null,
        };
        if (sign is null) return null;
        Take();
        if (sign == ComparisonOperator.NotIn) Take();
        return sign;
    }

    private Expression ParseSum()
    {
        Expression left = ParseConcatenation();
        while (true)
        {
            if (TrySkipOperator("+")) left = new Binary(BinaryOperator.Add, left, ParseConcatenation());
            else if (TrySkipOperator("-")) left = new Binary(BinaryOperator.Subtract, left, ParseConcatenation());
            else return left;
        }
    }

    private Expression ParseConcatenation()
    {
        Expression first = ParseProduct();
        if (!Current.IsOperator("~")) return first;
        List<Expression> parts = [first];
        while (TrySkipOperator("~")) parts.Add(ParseProduct());
        return new Concatenation(parts);
    }

    private Expression ParseProduct()
    {
        Expression left = ParsePower();
        while (true)
        {
            if (TrySkipOperator("*")) left = new Binary(BinaryOperator.Multiply, left, ParsePower());
            else if (TrySkipOperator("/")) left = new Binary(BinaryOperator.Divide, left, ParsePower());
            else if (TrySkipOperator("//")) left = new Binary(BinaryOperator.FloorDivide, left, ParsePower());
            else if (TrySkipOperator("%")) left = new Binary(BinaryOperator.Modulo, left, ParsePower());
            else return left;
        }
    }

    private Expression ParsePower()
    {
        Expression left = ParseUnary(true);
        while (TrySkipOperator("**")) left = new Binary(BinaryOperator.Power, left, ParseUnary(true));
        return left;
    }

    protected Expression ParseUnary(bool withFilters) => Deeper(() =>
    {
        Expression value = TrySkipOperator("-") ? new Signed(ParseUnary(false), true) : TrySkipOperator("+") ? new Signed(ParseUnary(false), false) : ParsePrimary();
        value = ParsePostfix(value);
        return withFilters ? ParseFilters(value) : value;
    });

    private Expression ParsePrimary()
    {
        JinjaToken token = Current;
        switch (token.Kind)
        {
            case JinjaTokenKind.Name: return ParseName(Take().Value);
            case JinjaTokenKind.String: return ParseText();
            case JinjaTokenKind.Integer: return new Constant(TakeWholeNumber());
            case JinjaTokenKind.Float: return new Constant(double.Parse(Take().Value, CultureInfo.InvariantCulture));
        }
        if (token.IsOperator("(")) return ParseBrackets();
        if (token.IsOperator("[")) return new ListLiteral(ParseItems("[", "]"));
        if (token.IsOperator("{")) return ParseDictionary();
        throw Unexpected("a value");
    }

    private Expression ParseName(string name)
    {
        Mentioned.Add(name);
        return name switch
        {
            "true" or "True" => new Constant(true),
            "false" or "False" => new Constant(false),
            "none" or "None" => new Constant(null),
            _ => new Name(name),
        };
    }

    private Constant ParseText()
    {
        string text = Take().Value;
        while (Current.Kind == JinjaTokenKind.String) text += Take().Value;
        return new Constant(text);
    }

    private BigInteger TakeWholeNumber() => Current.Value.Length <= PythonNumbers.MostDigits ? WholeNumber(Take().Value) : throw Error($"a number of more than {PythonNumbers.MostDigits} digits");

    private static BigInteger WholeNumber(string digits) => digits.Length > 2 && digits[0] == '0' && char.IsAsciiLetter(digits[1])
        ? digits.Skip(2).Aggregate(BigInteger.Zero, (value, digit) => value * (char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, _ => 2 }) + Convert.ToInt32(digit.ToString(), 16))
        : BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    private Expression ParseBrackets()
    {
        SkipOperator("(");
        if (TrySkipOperator(")")) return new TupleLiteral([]);
        Expression value = ParseTuple();
        SkipOperator(")");
        return value;
    }

    private List<Expression> ParseItems(string open, string close)
    {
        SkipOperator(open);
        List<Expression> items = [];
        while (!TrySkipOperator(close))
        {
            if (items.Count > 0) SkipOperator(",");
            if (TrySkipOperator(close)) break;
            items.Add(ParseExpression());
        }
        return items;
    }

    private DictionaryLiteral ParseDictionary()
    {
        SkipOperator("{");
        List<(Expression, Expression)> items = [];
        while (!TrySkipOperator("}"))
        {
            if (items.Count > 0) SkipOperator(",");
            if (TrySkipOperator("}")) break;
            Expression key = ParseExpression();
            SkipOperator(":");
            items.Add((key, ParseExpression()));
        }
        return new DictionaryLiteral(items);
    }

    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            if (TrySkipOperator(".")) value = Current.Kind == JinjaTokenKind.Integer ? new Subscript(value, new Constant(TakeWholeNumber())) : new Attribute(value, TakeName());
            else if (Current.IsOperator("[")) value = ParseSubscript(value);
            else if (Current.IsOperator("(")) value = new Call(value, ParseArguments());
            else return value;
        }
    }

    private Expression ParseFilters(Expression value)
    {
        while (true)
        {
            if (TrySkipOperator("|")) value = ParseFilter() is var (name, arguments) ? new Filtered(value, name, arguments) : value;
            else if (TrySkipName("is")) value = ParseTest(value);
            else if (Current.IsOperator("(")) value = new Call(value, ParseArguments());
            else return value;
        }
    }

    protected (string Name, ArgumentList Arguments) ParseFilter()
    {
        string name = TakeDottedName();
        if (!MayNotRun && !Filters.IsKnown(name)) throw Error($"no filter named '{name}'");
        return (name, Current.IsOperator("(") ? ParseArguments() : ArgumentList.None);
    }

    private Expression ParseTest(Expression value)
    {
        bool negated = TrySkipName("not");
        string name = TakeDottedName();
        if (!MayNotRun && !Tests.IsKnown(name)) throw Error($"no test named '{name}'");
        ArgumentList arguments = Current.IsOperator("(") ? ParseArguments() : StartsTestArgument() ? new ArgumentList([(ParsePostfix(ParsePrimary()), false)], []) : ArgumentList.None;
        Tested test = new(value, name, arguments);
        return negated ? new Not(test) : test;
    }

    private bool StartsTestArgument() => Current.Kind is JinjaTokenKind.String or JinjaTokenKind.Integer or JinjaTokenKind.Float || Current.IsOperator("[") || Current.IsOperator("{")
        || (Current.Kind == JinjaTokenKind.Name && Current.Value is not ("else" or "or" or "and" or "if" or "is" or "in" or "not"));

    private string TakeDottedName()
    {
        string name = TakeName();
        while (TrySkipOperator(".")) name += "." + TakeName();
        return name;
    }

    private Expression ParseSubscript(Expression value)
    {
        SkipOperator("[");
        Expression? start = Current.IsOperator(":") ? null : ParseTuple();
        if (start is not null && TrySkipOperator("]")) return new Subscript(value, start);
        SkipOperator(":");
        Expression? stop = Current.IsOperator("]") || Current.IsOperator(":") ? null : ParseExpression();
        Expression? every = TrySkipOperator(":") && !Current.IsOperator("]") ? ParseExpression() : null;
        SkipOperator("]");
        return new Slice(value, start, stop, every);
    }

    protected ArgumentList ParseArguments()
    {
        SkipOperator("(");
        List<(Expression, bool)> items = [];
        List<(string?, Expression)> named = [];
        while (!TrySkipOperator(")"))
        {
            if (items.Count + named.Count > 0) SkipOperator(",");
            if (TrySkipOperator(")")) break;
            if (TrySkipOperator("*")) items.Add((ParseExpression(), true));
            else if (TrySkipOperator("**")) named.Add((null, ParseExpression()));
            else if (Current.Kind == JinjaTokenKind.Name && Ahead.IsOperator("=")) { string name = Take().Value; Take(); named.Add((name, ParseExpression())); }
            else if (named.Count > 0) throw Error("an argument by place stands after one by name");
            else items.Add((ParseExpression(), false));
        }
        return new ArgumentList(items, named);
    }
}
