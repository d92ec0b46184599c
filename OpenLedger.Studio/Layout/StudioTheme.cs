using MudBlazor;

namespace OpenLedger.Studio.Layout;

/// <summary>Mud's theme in our colours, type and measures. The same values stand as custom properties in css/tokens.css; a test compares them.</summary>
public static class StudioTheme
{
    private const string Shadow = "0 1px 2px rgba(19,32,29,.06), 0 12px 32px -8px rgba(19,32,29,.22)";

    private static readonly string[] Face = ["Atkinson Hyperlegible Next", "system-ui", "Segoe UI", "Arial", "sans-serif"];

    public static MudTheme Value { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0B6A60", PrimaryContrastText = "#FFFFFF",
            Dark = "#13201D", DarkContrastText = "#FFFFFF",
            Secondary = "#42504C", SecondaryContrastText = "#FFFFFF",
            Tertiary = "#765400", TertiaryContrastText = "#FFFFFF",
            Success = "#2C6A1F", Warning = "#914300", Error = "#B3261E", Info = "#2F5478",
            SuccessContrastText = "#FFFFFF", WarningContrastText = "#FFFFFF", ErrorContrastText = "#FFFFFF", InfoContrastText = "#FFFFFF",
            Background = "#F6F8F7", BackgroundGray = "#EDF1EF", Surface = "#FFFFFF",
            DrawerBackground = "#F6F8F7", DrawerText = "#42504C", DrawerIcon = "#42504C",
            AppbarBackground = "#F6F8F7", AppbarText = "#13201D",
            TextPrimary = "#13201D", TextSecondary = "#42504C", TextDisabled = "#5C6A66",
            ActionDefault = "#42504C", ActionDisabled = "#5C6A66", ActionDisabledBackground = "#EDF1EF",
            LinesDefault = "#DDE4E1", TableLines = "#E8EDEB", Divider = "#DDE4E1", DividerLight = "#E8EDEB", LinesInputs = "#7C8985",
            TableHover = "#F5F7F6", TableStriped = "#00000000",
            Skeleton = "#EDF1EF", OverlayDark = "rgba(19,32,29,.42)",
            HoverOpacity = 0.06, RippleOpacity = 0,
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#5FC3B0", PrimaryContrastText = "#101615",
            Dark = "#E8EDEB", DarkContrastText = "#101615",
            Secondary = "#B3BEBA", SecondaryContrastText = "#101615",
            Tertiary = "#DFB04C", TertiaryContrastText = "#101615",
            Success = "#80C66E", Warning = "#EBA15C", Error = "#F2908A", Info = "#93BBE6",
            SuccessContrastText = "#101615", WarningContrastText = "#101615", ErrorContrastText = "#101615", InfoContrastText = "#101615",
            Background = "#0E1312", BackgroundGray = "#0A0E0D", Surface = "#151B1A",
            DrawerBackground = "#0E1312", DrawerText = "#B3BEBA", DrawerIcon = "#B3BEBA",
            AppbarBackground = "#0E1312", AppbarText = "#E8EDEB",
            TextPrimary = "#E8EDEB", TextSecondary = "#B3BEBA", TextDisabled = "#8F9B97",
            ActionDefault = "#B3BEBA", ActionDisabled = "#8F9B97", ActionDisabledBackground = "#0A0E0D",
            LinesDefault = "#28312F", TableLines = "#1F2726", Divider = "#28312F", DividerLight = "#1F2726", LinesInputs = "#6B7774",
            TableHover = "#0F1413", TableStriped = "#00000000",
            Skeleton = "#0A0E0D", OverlayDark = "rgba(0,0,0,.6)",
            HoverOpacity = 0.08, RippleOpacity = 0,
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Face, FontSize = ".875rem", LineHeight = "1.25rem", FontWeight = "400", LetterSpacing = "normal" },
            H4 = new H4Typography { FontSize = "1.75rem", LineHeight = "2.125rem", FontWeight = "600", LetterSpacing = "-.02em" },
            H5 = new H5Typography { FontSize = "1.5rem", LineHeight = "1.875rem", FontWeight = "640", LetterSpacing = "-.014em" },
            H6 = new H6Typography { FontSize = "1.0625rem", LineHeight = "1.5rem", FontWeight = "640", LetterSpacing = "-.004em" },
            Subtitle1 = new Subtitle1Typography { FontSize = ".8125rem", LineHeight = "1.125rem", FontWeight = "400", LetterSpacing = "normal" },
            Subtitle2 = new Subtitle2Typography { FontSize = ".875rem", LineHeight = "1.25rem", FontWeight = "620", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontSize = ".875rem", LineHeight = "1.25rem", FontWeight = "400", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontSize = ".9375rem", LineHeight = "1.6875rem", FontWeight = "400", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontSize = ".75rem", LineHeight = "1rem", FontWeight = "400", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontSize = ".875rem", LineHeight = "1.25rem", FontWeight = "560", LetterSpacing = "normal", TextTransform = "none" },
            Overline = new OverlineTypography { TextTransform = "none" },
        },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "6px",
            AppbarHeight = "52px",
            DrawerWidthLeft = "224px",
            DrawerMiniWidthLeft = "60px",
            DrawerWidthRight = "460px",
        },
        Shadows = new Shadow { Elevation = ["none", .. Enumerable.Repeat(Shadow, 25)] },
    };
}
