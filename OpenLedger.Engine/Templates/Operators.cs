using System.Numerics;

namespace OpenLedger.Engine.Templates;

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

internal sealed record Not(Expression Of) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        return !Python.IsTrue(Of.Evaluate(run));
    }
}

/// <summary>Python's <c>and</c>: the first false value, or the last.</summary>
internal sealed record And(Expression Left, Expression Right) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        object? left = Left.Evaluate(run);
        return Python.IsTrue(left) ? Right.Evaluate(run) : left;
    }
}

/// <summary>Python's <c>or</c>: the first true value, or the last.</summary>
internal sealed record Or(Expression Left, Expression Right) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        object? left = Left.Evaluate(run);
        return Python.IsTrue(left) ? left : Right.Evaluate(run);
    }
}

internal sealed record Signed(Expression Of, bool Negates) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        object? value = Of.Evaluate(run);
        if (value is Undefined undefined) throw undefined.Error();
        return Negates ? PythonNumbers.Negate(value) : PythonNumbers.Negate(PythonNumbers.Negate(value));
    }
}

/// <summary>Jinja's <c>~</c>: texts one after another.</summary>
internal sealed record Concatenation(IReadOnlyList<Expression> Parts) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        string text = string.Concat(Parts.Select(part => Python.Text(part.Evaluate(run))));
        run.Check(text.Length);
        return text;
    }
}

/// <summary>A chain like <c>1 &lt; a &lt;= 3</c>: each neighbour pair must hold.</summary>
internal sealed record Comparison(Expression First, IReadOnlyList<(ComparisonOperator Operator, Expression Right)> Rest) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        object? left = First.Evaluate(run);
        foreach ((ComparisonOperator sign, Expression next) in Rest)
        {
            object? right = next.Evaluate(run);
            if (!Holds(sign, left, right)) return false;
            left = right;
        }
        return true;
    }

    public static bool Holds(ComparisonOperator sign, object? left, object? right) => sign switch
    {
        ComparisonOperator.Equal => Python.AreEqual(left, right),
        ComparisonOperator.NotEqual => !Python.AreEqual(left, right),
        ComparisonOperator.Less => Python.Compare(left, right) < 0,
        ComparisonOperator.LessOrEqual => Python.Compare(left, right) <= 0,
        ComparisonOperator.Greater => Python.Compare(left, right) > 0,
        ComparisonOperator.GreaterOrEqual => Python.Compare(left, right) >= 0,
        ComparisonOperator.In => Python.Contains(right, left),
        ComparisonOperator.NotIn => !Python.Contains(right, left),
    };
}

internal sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right) : Expression
{
    public override object? Evaluate(TemplateRun run)
    {
        run.Step();
        object? left = Left.Evaluate(run), right = Right.Evaluate(run);
        return Operator switch
        {
            BinaryOperator.Add => Add(left, right, run),
            BinaryOperator.Subtract => PythonNumbers.Subtract(left, right),
            BinaryOperator.Multiply => Multiply(left, right, run),
            BinaryOperator.Divide => PythonNumbers.Divide(left, right),
            BinaryOperator.FloorDivide => PythonNumbers.FloorDivide(left, right),
            BinaryOperator.Modulo => left is string format ? PythonFormat.Percent(format, right) : PythonNumbers.Modulo(left, right),
            BinaryOperator.Power => PythonNumbers.Power(left, right),
        };
    }

    private static object Add(object? left, object? right, TemplateRun run)
    {
        switch (left, right)
        {
            case (string a, string b): run.Check((long)a.Length + b.Length); return a + b;
            case (List<object?> a, List<object?> b): run.Check((long)a.Count + b.Count); return new List<object?>([.. a, .. b]);
            case (PythonTuple a, PythonTuple b): run.Check((long)a.Items.Count + b.Items.Count); return new PythonTuple([.. a.Items, .. b.Items]);
            case (string, not (null or Undefined)): throw new TemplateException($"can only concatenate str (not \"{Python.TypeName(right)}\") to str");
            default: return PythonNumbers.Add(left, right);
        }
    }

    private static object Multiply(object? left, object? right, TemplateRun run)
    {
        if (left is string or List<object?> or PythonTuple && Python.AsInteger(right) is BigInteger times) return Repeat(left, times, run);
        if (right is string or List<object?> or PythonTuple && Python.AsInteger(left) is BigInteger count) return Repeat(right, count, run);
        return PythonNumbers.Multiply(left, right);
    }

    private static object Repeat(object value, BigInteger times, TemplateRun run)
    {
        IReadOnlyList<object?> items = value is string text ? [text] : Python.Iterate(value);
        long length = value is string whole ? whole.Length : items.Count;
        BigInteger total = BigInteger.Max(times, 0) * length;
        run.Check(total > long.MaxValue ? long.MaxValue : (long)total);
        IEnumerable<object?> repeated = length == 0 ? [] : Enumerable.Repeat(items, (int)BigInteger.Max(times, 0)).SelectMany(part => part);
        return value switch { string => string.Concat(repeated), PythonTuple => new PythonTuple([.. repeated]), _ => repeated.ToList() };
    }
}
