using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using OpenLedger.Studio.Layout;

namespace OpenLedger.Studio.Tests.Layout;

public partial class StudioThemeTests
{
    private static readonly string Tokens = File.ReadAllText(Path.Combine(Repository.Root, "OpenLedger.Studio", "wwwroot", "css", "tokens.css"));

    [Fact]
    public void Mud_and_the_style_sheets_mean_the_same_colours()
    {
        MudTheme theme = StudioTheme.Value;
        Compare(theme.PaletteLight, Block(":root"));
        Compare(theme.PaletteDark, Block("\\[data-theme=\"?dark\"?\\]"));
    }

    private static void Compare(Palette palette, Dictionary<string, string> css)
    {
        (string Token, MudColor Colour)[] pairs =
        [
            ("thread", palette.Primary), ("ink", palette.Dark), ("on-ink", palette.DarkContrastText), ("ink-2", palette.Secondary), ("brass", palette.Tertiary), ("ok", palette.Success), ("warn", palette.Warning),
            ("err", palette.Error), ("info", palette.Info), ("paper", palette.Background), ("sunken", palette.BackgroundGray), ("surface", palette.Surface), ("ink", palette.TextPrimary), ("ink-2", palette.TextSecondary),
            ("ink-3", palette.TextDisabled), ("line", palette.LinesDefault), ("line-soft", palette.TableLines), ("control", palette.LinesInputs), ("sunken", palette.Skeleton),
        ];
        Assert.All(pairs, pair => Assert.Equal(css[pair.Token].ToLowerInvariant(), pair.Colour.ToString(MudColorOutputFormats.Hex).ToLowerInvariant()));
    }

    private static Dictionary<string, string> Block(string selector) =>
        Token().Matches(Regex.Match(Tokens, selector + @"\s*\{(.*?)\n\}", RegexOptions.Singleline).Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => Long(m.Groups[2].Value));

    private static string Long(string hex) => hex.Length == 4 ? string.Concat("#", new string(hex[1], 2), new string(hex[2], 2), new string(hex[3], 2)) : hex;

    [GeneratedRegex(@"--([a-z0-9-]+): (#[0-9A-Fa-f]{3,6});")]
    private static partial Regex Token();
}
