using System.Diagnostics.CodeAnalysis;

namespace OpenLedger.Contracts.SignIn;

/// <summary>What reading a sign-in text gave: its message, or the line that is not as EIP-4361 wants it.</summary>
public sealed record SignInReading
{
    private SignInReading(SignInMessage? message, string? refusal)
    {
        Message = message;
        Refusal = refusal;
    }

    public SignInMessage? Message { get; }

    /// <summary>Which line was refused and why.</summary>
    public string? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Message))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsRead => Message is not null;

    internal static SignInReading Of(SignInMessage message) => new(message, null);

    internal static SignInReading Refused(string why) => new(null, why);
}
