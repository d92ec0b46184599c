using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>What an owner is asked before an adapter becomes everybody's. Publishes nothing.</summary>
internal static class PublishWords
{
    public static ConfirmQuestion Question(ModelDocument model, AdapterTerms terms) => new(
        $"Publish {model.Name}?",
        $"Everybody here can then chat with it, for {terms.RateIn.ToOpenText()} OPEN to read 1,000 tokens and {terms.RateOut.ToOpenText()} to write them, and take its files away. "
        + "On the chain go your wallet's address and the hashes of its weights, base and data, for good; the rows themselves do not. "
        + (terms.VouchedFor.Count == 0 ? "" : $"That {string.Join(" and ", terms.VouchedFor.Select(Licence.NameOf))} allows selling is your word, and it is kept with your address. ")
        + "It costs you nothing, the node pays the chain. What it says and asks can be changed later; publishing cannot be taken back.",
        "Publish it");
}
