namespace OpenLedger.Engine.Templates;

internal enum JinjaTokenKind
{
    Text,
    PrintBegin,
    PrintEnd,
    BlockBegin,
    BlockEnd,
    Name,
    String,
    Integer,
    Float,
    Operator,
    End,
}

/// <summary>One token of a template: a stretch of plain text, or a part of an expression or block.</summary>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, string Value, int Line)
{
    public bool Is(JinjaTokenKind kind, string value) => Kind == kind && Value == value;

    public bool IsName(string name) => Is(JinjaTokenKind.Name, name);

    public bool IsOperator(string sign) => Is(JinjaTokenKind.Operator, sign);
}
