using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>What an owner says and asks for an adapter. Knows nothing of where it is kept.</summary>
/// <param name="Summary">What it is good at, in a sentence.</param>
/// <param name="RateIn">Wei for 1,000 tokens read.</param>
/// <param name="RateOut">Wei for 1,000 tokens written.</param>
public sealed record AdapterTerms(string Summary, Wei RateIn, Wei RateOut)
{
    /// <summary>Licences that nobody here knows and that, as the owner says, allow selling.</summary>
    public IReadOnlyList<string> VouchedFor { get; init; } = [];

    /// <summary>0.002 OPEN to read 1,000 tokens and 0.006 to write them.</summary>
    public static AdapterTerms Usual { get; } = new("", Milli(2), Milli(6));

    /// <summary>No more than 10 OPEN for 1,000 tokens: a slip of the finger should not empty a reader's balance.</summary>
    public static Wei Highest { get; } = Milli(10_000);

    /// <summary>What is wrong with it and how to mend it, or null.</summary>
    public string? Problem =>
        Summary.Trim().Length is 0 or > PublishAdapter.LongestSummary ? $"Say what it is good at, in 1 to {PublishAdapter.LongestSummary} characters."
        : RateIn > Highest || RateOut > Highest ? $"A price is at most {Highest.ToOpenText()} OPEN for 1,000 tokens."
        : null;

    public ModelDocument On(ModelDocument model) => model with { Summary = Summary.Trim(), RateIn = RateIn, RateOut = RateOut };

    public static AdapterTerms Of(ModelDocument model) =>
        model.Summary.Length == 0 && model.RateOut.IsZero ? Usual : new(model.Summary, model.RateIn, model.RateOut);

    private static Wei Milli(long thousandths) => new(System.Numerics.BigInteger.Multiply(thousandths, System.Numerics.BigInteger.Pow(10, 15)));
}
