using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>What the node allows and when it settles (configuration <c>Studio:Settlement</c>). Knows no account.</summary>
public sealed record SettlementOptions
{
    /// <summary>What the node pays a day for visitors and for people without a balance. Default 1 OPEN; configured as "1.5".</summary>
    public Wei GuestAllowance { get; init; } = Wei.OneOpen;

    /// <summary>A batch is made when so much waits. Default 0.05 OPEN.</summary>
    public Wei Threshold { get; init; } = Wei.OneOpen.MultiplyDivide(5, 100);

    /// <summary>How often the node looks whether a batch is due. Default 30 s.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A batch is made for any amount that has waited so long. Default 10 min.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <exception cref="FormatException">A value is no amount or no time.</exception>
    internal static SettlementOptions Read(IConfigurationSection section)
    {
        SettlementOptions defaults = new();
        return new()
        {
            GuestAllowance = Open(section[nameof(GuestAllowance)], defaults.GuestAllowance),
            Threshold = Open(section[nameof(Threshold)], defaults.Threshold),
            LookEvery = section.GetValue(nameof(LookEvery), defaults.LookEvery),
            LongestWait = section.GetValue(nameof(LongestWait), defaults.LongestWait),
        };
    }

    private static Wei Open(string? text, Wei otherwise) =>
        text is null ? otherwise : Wei.TryParseOpen(text, out Wei amount) ? amount : throw new FormatException($"Studio:Settlement has '{text}', which is no amount of OPEN such as 0.05");
}
