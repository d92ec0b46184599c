using Microsoft.AspNetCore.Components.Routing;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Layout;

/// <summary>A place the rail leads to.</summary>
public sealed record RailLink(string Href, string Name, string Icon, NavLinkMatch Match = NavLinkMatch.Prefix)
{
    public static IReadOnlyList<RailLink> Top { get; } = [new("/", "Home", Icons.House, NavLinkMatch.All), new("/chat", "Chat", Icons.MessageCircle)];

    public static IReadOnlyList<RailLink> Make { get; } = [new("/datanets", "Datanets", Icons.Database), new("/factory", "Factory", Icons.Factory), new("/models", "Models", Icons.Box)];

    public static IReadOnlyList<RailLink> Earn { get; } = [new("/rewards", "Rewards", Icons.Coins), new("/trace", "Trace", Icons.Route)];


    public static RailLink Admin { get; } = new("/admin", "Admin", Icons.ShieldCheck);

    /// <summary>The five places a thumb reaches under 800 px.</summary>
    public static IReadOnlyList<RailLink> Dock { get; } = [Top[0], Make[0], Make[1], Top[1], Earn[0]];
}
