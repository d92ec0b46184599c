namespace OpenLedger.Engine.Templates;

/// <summary>A chat template that cannot be read or rendered: broken, refusing the conversation, or over a limit.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(string message, bool isRaisedByTemplate = false) : base(message) => IsRaisedByTemplate = isRaisedByTemplate;

    public TemplateException(string message) : this(message, false) { }

    public TemplateException(string message, Exception inner) : base(message, inner) { }

    public TemplateException() { }

    /// <summary>The template itself called <c>raise_exception</c>; the message is its own.</summary>
    public bool IsRaisedByTemplate { get; }
}
