using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Layout;

/// <summary>Where signing in happens, and the way back from there.</summary>
public static class SignInLink
{
    public const string Page = "/sign-in";

    /// <summary>The sign-in page, coming back to where the person is now.</summary>
    public static string From(NavigationManager navigation)
    {
        string here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        return here is "/" || here.StartsWith(Page, StringComparison.Ordinal) ? Page : $"{Page}?back={Uri.EscapeDataString(here)}";
    }

    /// <summary>The way back, if it stays on this site; home otherwise.</summary>
    public static string SafeBack(string? back) =>
        back is { Length: > 0 and < 2000 } && back[0] == '/' && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) && !back.Any(char.IsControl) ? back : "/";
}
