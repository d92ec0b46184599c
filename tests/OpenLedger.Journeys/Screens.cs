namespace OpenLedger.Journeys;

/// <summary>The pages of a Studio nobody has used yet: what a newcomer sees, and what stands where nothing is recorded.</summary>
internal static class Screens
{
    public static IReadOnlyList<Screen> All { get; } =
    [
        new("home-first-run", "/"),
        new("home", "/", SignedIn: true),
        new("sign-in", "/sign-in"),
        new("sign-in-first", "/rewards"),
        new("datanets", "/datanets"),
        new("datanet-new", "/datanets/new", SignedIn: true),
        new("factory", "/factory", SignedIn: true),
        new("factory-train", "/factory/train", SignedIn: true),
        new("models", "/models"),
        new("models-combine", "/models/combine", SignedIn: true),
        new("model-export", "/models/medquad-answers-r16/export", SignedIn: true),
        new("chat", "/chat"),
        new("chat-not-here", "/chat/nobody-asked-this"),
        new("rewards", "/rewards", SignedIn: true),
        new("trace", "/trace"),
        new("trace-nothing", "/trace/0x00000000000000000000000000000000000000000000000000000000000000ff"),
        new("find", "/find?q=e"),
        new("find-nothing", "/find?q=nothing-has-this-name"),
        new("not-found", "/nothing-here", Missing: true),
        new("error", "/error"),
        new("not-an-admin", "/admin", SignedIn: true, Missing: true),
        new("parts", "/parts"),
    ];
}

/// <summary>One page to look at.</summary>
/// <param name="Name">Of its pictures.</param>
/// <param name="Path">Its address.</param>
/// <param name="SignedIn">By a person with a practice wallet, who is no admin.</param>
/// <param name="Missing">Its own answer is 404.</param>
public sealed record Screen(string Name, string Path, bool SignedIn = false, bool Missing = false)
{
    public override string ToString() => Name;
}
