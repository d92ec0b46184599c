using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A moment, relative under a day and a date after it, with the exact UTC time in its title.</summary>
public partial class When
{
    /// <summary>Unix milliseconds, UTC.</summary>
    [Parameter, EditorRequired] public long UnixMs { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>"now", "4 min ago", "2 h ago", then "23 Nov 2026, 21:14".</summary>
    public static string Say(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 45 and > -45 } => "now",
        { TotalMinutes: < 60 and > 0 } past => $"{Math.Max(1, (int)past.TotalMinutes)} min ago",
        { TotalHours: < 24 and > 0 } past => $"{(int)past.TotalHours} h ago",
        _ => at.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture),
    };

    private DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);

    private string Exact => At.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
