using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Models;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Asks the hub what a model consists of, before anything of it is downloaded. This and the download are all that ever leaves the machine.</summary>
public sealed class PlanImport(HubClient hub, HubOptions options, HubTokens tokens, ModelArrivals arrivals)
{
    /// <summary>The field of a refusal that a token would mend.</summary>
    public const string TokenField = "Token";

    /// <param name="person">Signed in; their token is used where they gave one.</param>
    /// <param name="name">As people write it, or copied from a browser.</param>
    /// <param name="gguf">One of several GGUF files; null for the best.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<ImportPlan>> PlanAsync(Person person, string name, string? gguf, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return Refusal.SignInFirst;
        if (HubRepository.TryParse(name, options.Address) is not HubRepository repository)
            return new Refusal($"Write the model's name as it stands at the top of its page on {options.Address.Host}: owner/name.", nameof(name));
        try
        {
            HubPlan plan = await hub.PlanAsync(repository, gguf, tokens.Of(person.Key), cancel);
            return new ImportPlan(plan, Math.Max(0, arrivals.Free - options.ReserveBytes), ModelMemory.OfMachine);
        }
        catch (HubException no)
        {
            return new Refusal(ImportWords.Of(no), no.Fault is HubFault.NeedsToken or HubFault.NotGranted ? TokenField : nameof(name));
        }
        catch (ModelException unsupported)
        {
            return new Refusal(ImportWords.Sentence(unsupported.Message), nameof(name));
        }
    }
}
