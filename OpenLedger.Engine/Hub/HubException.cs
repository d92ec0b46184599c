namespace OpenLedger.Engine.Hub;

/// <summary>Why a hub does not give what it is asked for.</summary>
public enum HubFault
{
    /// <summary>No such repository, revision or file.</summary>
    NotFound,

    /// <summary>It wants a token, or a better one.</summary>
    NeedsToken,

    /// <summary>It knows who asks, and says no: terms not accepted, access not granted.</summary>
    NotGranted,

    /// <summary>Another no.</summary>
    Refused,

    /// <summary>Too many questions, or its own failure. May pass.</summary>
    Busy,

    /// <summary>No connection, or one that was cut or fell silent. May pass.</summary>
    Unreachable,

    /// <summary>What came is not what was announced.</summary>
    WrongContent,

    /// <summary>The repository holds nothing that is read here.</summary>
    Unsupported,

    /// <summary>It does not fit on the disk.</summary>
    NoRoom,
}

/// <summary>A hub does not give what it was asked for; the message is a sentence for whoever asked: what, where, how to mend it.</summary>
public sealed class HubException(HubFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    public HubFault Fault { get; } = fault;

    /// <summary>How long the hub asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same question may be answered later.</summary>
    public bool MayPass => Fault is HubFault.Busy or HubFault.Unreachable;
}
