namespace OpenLedger.Engine.Serving;

/// <summary>A request that breaks a limit was run all the same; ask <see cref="RequestLimits.Check"/> first.</summary>
public sealed class RequestRefusedException : Exception
{
    public RequestRefusedException(string message) : base(message) { }

    public RequestRefusedException(string message, Exception inner) : base(message, inner) { }

    public RequestRefusedException() { }
}
