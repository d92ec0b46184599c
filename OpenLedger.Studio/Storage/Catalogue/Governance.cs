using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>The published parameters of the economy: how a fee is shared, and what the platform takes a call. Set by admins; knows no call.</summary>
/// <param name="settings">Where they are kept.</param>
/// <param name="treasury">Takes the platform's fee and what nobody stands behind, until an admin names another.</param>
public sealed class Governance(StudioSettings settings, Address treasury)
{
    private const string Shares = "shares";
    private const string Platform = "platform-fee";
    private const string BaseIn = "base-rate-in";
    private const string BaseOut = "base-rate-out";

    public SharePolicy SharePolicy => settings.Read(Shares, new SharePolicy { Treasury = treasury.Key });

    /// <summary>Wei a call. Default 0.00001 OPEN.</summary>
    public Wei PlatformFee => settings.Read(Platform, new Wei(10_000_000_000_000));

    /// <summary>What a thousand tokens of prompt cost where a model names no price. Default 0.0001 OPEN.</summary>
    public Wei DefaultRateIn => settings.Read(BaseIn, new Wei(100_000_000_000_000));

    /// <summary>What a thousand tokens of answer cost where a model names no price. Default 0.0004 OPEN.</summary>
    public Wei DefaultRateOut => settings.Read(BaseOut, new Wei(400_000_000_000_000));

    /// <returns>What is wrong with the policy, in words; empty when it is set.</returns>
    public IReadOnlyList<string> Set(SharePolicy policy, Wei platformFee, Wei rateIn, Wei rateOut, Address by)
    {
        List<string> problems = [.. policy.Problems()];
        if (!Address.TryParse(policy.Treasury, out Address named)) problems.Add("The treasury must be an address: 0x and 40 hex digits.");
        if (problems.Count > 0) return problems;
        settings.Write(Shares, policy with { Treasury = named.Key }, by);
        settings.Write(Platform, platformFee, by);
        settings.Write(BaseIn, rateIn, by);
        settings.Write(BaseOut, rateOut, by);
        return [];
    }
}
