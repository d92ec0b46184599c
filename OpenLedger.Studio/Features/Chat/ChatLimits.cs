namespace OpenLedger.Studio.Features.Chat;

/// <summary>How much one asker may ask (configuration <c>Studio:Chat</c>); each limit has one sentence, said where it is met. Knows no model.</summary>
public sealed record ChatLimits
{
    /// <summary>Longest question and longest system prompt, in characters. Default 4000.</summary>
    public int QuestionLength { get; init; } = 4000;

    /// <summary>Answers one asker may have written at the same time. Default 4: two beside each other, in two tabs.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>Answers the node pays for one guest a day. Default 40.</summary>
    public int GuestAnswersADay { get; init; } = 40;

    /// <summary>Most messages of one chat. Default 200.</summary>
    public int Messages { get; init; } = 200;

    internal static ChatLimits Read(IConfigurationSection section) => section.Get<ChatLimits>() ?? new();
}
