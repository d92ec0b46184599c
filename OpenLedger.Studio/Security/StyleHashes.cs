namespace OpenLedger.Studio.Security;

/// <summary>The SHA-256 of every style element that Mud writes for our theme, so that the policy can name them. A test renders the theme and compares.</summary>
public static class StyleHashes
{
    public static IReadOnlyList<string> Known { get; } =
    [
        "ktKK7Zv7htgNiUfk5gyriqVJUMU7emNct5K2m6GIbXs=",   // scroll bars
        "XzQsP9HYv5dA8MQauHPLC9ALegSBxGglPvgN6fxiZvk=",   // overlays
        "qzzFZjDFBhQ8QtDtuodYKQfsVvUTkSU216IaUpJIlt0=",   // the theme, light
        "u4WjFP4KOZqdukYTDEjshIgNAQPMVTSn0/dYKh/4g9M=",   // the theme, dark
    ];
}
