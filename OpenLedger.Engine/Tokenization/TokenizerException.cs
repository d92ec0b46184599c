namespace OpenLedger.Engine.Tokenization;

/// <summary>A vocabulary file that cannot be used: broken, or built from parts that are not supported. The message says what was found.</summary>
public sealed class TokenizerException : Exception
{
    public TokenizerException(string message) : base(message) { }

    public TokenizerException(string message, Exception inner) : base(message, inner) { }

    public TokenizerException() { }
}
