using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>What an answer of a model costs: the model's own rates, else the node's, and the platform's fee. Knows nothing of who pays.</summary>
public sealed class PriceOfCall(Governance governance)
{
    // A question with two passages, answered in two or three sentences.
    private const int UsualIn = 350;
    private const int UsualOut = 80;

    /// <summary>Whether a base's licence does not allow taking money for its answers: they cost nothing then.</summary>
    public static bool IsFree(ModelDocument model) => model.Kind == ModelKind.Base && LicenceExpression.Parts(model.Licence).Any(licence => LicenceTerms.Of(licence).Charge == Permission.Denied);

    public CallPrice Of(ModelDocument model) => IsFree(model) ? new(0, 0, 0) : new(
        (model.RateIn.IsZero ? governance.DefaultRateIn : model.RateIn).Amount,
        (model.RateOut.IsZero ? governance.DefaultRateOut : model.RateOut).Amount,
        governance.PlatformFee.Amount);

    /// <summary>What a usual answer costs, to be shown before one is asked for.</summary>
    public Wei About(ModelDocument model) => Cost(model, UsualIn, UsualOut);

    /// <summary>What so many tokens cost; with the longest answer it is the most that can be charged.</summary>
    public Wei Cost(ModelDocument model, int tokensIn, int tokensOut) => new(Of(model).For(tokensIn, tokensOut).Total);
}
