namespace OpenLedger.Engine.Templates;

/// <summary>One message of a conversation, by role (<c>system</c>, <c>user</c>, <c>assistant</c>). Knows nothing of tokens.</summary>
public sealed record ChatTurn(string Role, string Content)
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";
}
