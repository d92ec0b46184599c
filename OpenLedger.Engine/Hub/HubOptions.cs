namespace OpenLedger.Engine.Hub;

/// <summary>Where a model hub answers, and how much patience it gets. Knows no repository.</summary>
public sealed record HubOptions
{
    /// <summary>The hub's address, with its closing slash. Default https://huggingface.co/.</summary>
    public Uri Address { get; init; } = new("https://huggingface.co/");

    /// <summary>Longest list of files, or configuration, in bytes. Default 8 MiB.</summary>
    public int MaxTextBytes { get; init; } = 8 << 20;

    /// <summary>Largest model, in bytes. Default 200 GB.</summary>
    public long MaxModelBytes { get; init; } = 200_000_000_000;

    /// <summary>Stays free on the disk, in bytes. Default 1 GB.</summary>
    public long ReserveBytes { get; init; } = 1_000_000_000;

    /// <summary>A connection that brings less than <see cref="MinStretchBytes"/> in so long counts as cut. Default 30 s.</summary>
    public TimeSpan Stretch { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The least that a stretch brings, in bytes. Default 30 KB: a gigabyte in ten days is no download.</summary>
    public int MinStretchBytes { get; init; } = 30_000;

    /// <summary>Tries in a row that bring nothing before it is given up. Default 6.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>Pause after the first failed try; each further one is twice as long. Default 1 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause that the hub may ask for. Default 5 min.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);
}
