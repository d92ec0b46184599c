using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Actions;

/// <summary>Where our contracts stand on one chain; zero where one does not stand yet. The caller keeps it.</summary>
public sealed record ContractAddresses(Address DatanetRegistry, Address ModelRegistry, Address AttributionLedger, Address RewardDistributor, Address CallDeposits)
{
    public static ContractAddresses None { get; } = new(Address.Zero, Address.Zero, Address.Zero, Address.Zero, Address.Zero);

    public IEnumerable<(string Name, Address Address)> All =>
    [
        (nameof(DatanetRegistry), DatanetRegistry), (nameof(ModelRegistry), ModelRegistry), (nameof(AttributionLedger), AttributionLedger),
        (nameof(RewardDistributor), RewardDistributor), (nameof(CallDeposits), CallDeposits),
    ];
}
