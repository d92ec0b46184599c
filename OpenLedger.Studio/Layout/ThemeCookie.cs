namespace OpenLedger.Studio.Layout;

/// <summary>Reads which theme a visitor chose; the shell's script writes it. Without a choice the browser's own preference counts, where it tells.</summary>
public static class ThemeCookie
{
    public const string Name = "theme";

    // https://wicg.github.io/user-preference-media-features-headers: sent by Chromium once we have asked for it.
    private const string PreferenceHeader = "Sec-CH-Prefers-Color-Scheme";

    public static bool IsDark(HttpRequest request) => request.Cookies[Name] switch
    {
        "dark" => true,
        "light" => false,
        _ => request.Headers[PreferenceHeader].ToString().Trim('"') == "dark",
    };

    /// <summary>Asks the browser to tell its preference with this very request, so that the first page is right too.</summary>
    public static void Ask(HttpResponse response)
    {
        response.Headers["Accept-CH"] = PreferenceHeader;
        response.Headers["Critical-CH"] = PreferenceHeader;
        response.Headers.Append("Vary", PreferenceHeader);
    }
}
