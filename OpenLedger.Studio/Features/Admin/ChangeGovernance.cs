using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Sets how fees are shared and what the platform takes. Calls booked before keep the policy they were booked under.</summary>
public sealed class ChangeGovernance(Governance governance)
{
    public GovernanceForm Read()
    {
        SharePolicy policy = governance.SharePolicy;
        return new GovernanceForm
        {
            Developer = policy.Developer,
            Stakers = policy.Stakers,
            Contributors = policy.Contributors,
            Passages = policy.Passages,
            Training = policy.Training,
            Treasury = Address.Parse(policy.Treasury).Checksum,
            PlatformFee = governance.PlatformFee.ToOpenText(Wei.Decimals),
            RateIn = governance.DefaultRateIn.ToOpenText(Wei.Decimals),
            RateOut = governance.DefaultRateOut.ToOpenText(Wei.Decimals),
        };
    }

    /// <returns>What is wrong, in words; empty when it is set.</returns>
    public IReadOnlyList<string> Change(GovernanceForm form, Person by)
    {
        if (!by.IsAdmin || by.Address is not Address admin) return ["Only an admin sets this."];
        List<string> problems = [];
        Wei platform = Amount(form.PlatformFee, "The platform's fee", problems);
        Wei rateIn = Amount(form.RateIn, "The price of a prompt", problems);
        Wei rateOut = Amount(form.RateOut, "The price of an answer", problems);
        if (problems.Count > 0) return problems;
        SharePolicy policy = governance.SharePolicy with
        {
            Developer = form.Developer,
            Stakers = form.Stakers,
            Contributors = form.Contributors,
            Passages = form.Passages,
            Training = form.Training,
            Treasury = form.Treasury.Trim(),
        };
        return governance.Set(policy, platform, rateIn, rateOut, admin);
    }

    private static Wei Amount(string text, string what, List<string> problems)
    {
        if (Wei.TryParseOpen(text.Trim(), out Wei amount)) return amount;
        problems.Add($"{what} is '{text}', which is no amount. Type it in OPEN, such as 0.0001.");
        return Wei.Zero;
    }
}

/// <summary>The governed parameters as an admin types them: basis points, and amounts in OPEN.</summary>
public sealed class GovernanceForm
{
    public int Developer { get; set; }

    public int Stakers { get; set; }

    public int Contributors { get; set; }

    public int Passages { get; set; }

    public int Training { get; set; }

    public required string Treasury { get; set; }

    /// <summary>A call.</summary>
    public required string PlatformFee { get; set; }

    /// <summary>A thousand tokens of prompt, where a model names no price.</summary>
    public required string RateIn { get; set; }

    /// <summary>A thousand tokens of answer, where a model names no price.</summary>
    public required string RateOut { get; set; }
}
