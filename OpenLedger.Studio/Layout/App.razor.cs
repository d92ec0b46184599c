using Microsoft.AspNetCore.Components;
using NetEscapades.AspNetCore.SecurityHeaders;

namespace OpenLedger.Studio.Layout;

/// <summary>The document every page is written into, with the theme of the visitor's cookie in it before the first paint.</summary>
public partial class App
{
    // Order is meaning here: what depends on the window's width stands last, after our reading of Mud's parts.
    private static readonly string[] Sheets =
        ["tokens", "base", "shell", "controls", "thread", "facts", "tables", "notices", "floats", "chat", "models", "mud", "narrow"];

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private bool Dark => ThemeCookie.IsDark(Http.Request);

    private string Nonce => Http.GetNonce();
}
