using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Adapters.Merging;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters.Combining;

/// <summary>Queues the combining of several adapters for the person who asks, or says why not.</summary>
public sealed class CombineAdapters(Catalogue catalogue, EnqueueJob enqueue, TimeProvider time)
{
    /// <summary>So many adapters go into one.</summary>
    public const int Fewest = 2, Most = 8;

    /// <summary>A name has at most so many characters.</summary>
    public const int LongestName = 80;

    private const double LargestWeight = 10;

    /// <summary>Adapters that can go into one, by base and name: those the person may see that have a manifest to be named by.</summary>
    public IReadOnlyList<ModelDocument> Choices(Person person) => catalogue.Read<IReadOnlyList<ModelDocument>>(c =>
        [.. c.Models.Find(model => model.Kind, ModelKind.Adapter).Where(model => model.Manifest is not null && AdapterRules.MaySee(model, person))
            .OrderBy(model => model.BaseId, StringComparer.Ordinal).ThenBy(model => model.Name, StringComparer.OrdinalIgnoreCase)]);

    public async Task<Outcome<StartedJob>> StartAsync(Person person, CombineInput input, CancellationToken cancel)
    {
        if (Problem(person, input) is string problem) return new Refusal(problem);
        CombineInput asked = input with { Name = input.Name.Trim(), Asked = time.GetUtcNow().ToUnixTimeMilliseconds() };
        return new StartedJob(await enqueue.EnqueueAsync(CombineJob.KindName, person.Key, asked, cancel));
    }

    private string? Problem(Person person, CombineInput input)
    {
        if (!person.IsSignedIn) return "Sign in with a wallet first: the new adapter belongs to whoever combines it.";
        if (input.Name.Trim().Length is 0 or > LongestName) return $"Give it a name of 1 to {LongestName} characters.";
        if (input.Parts.Count is < Fewest or > Most) return $"Choose {Fewest} to {Most} adapters; {input.Parts.Count} are chosen.";
        if (input.Parts.Select(part => part.ModelId).Distinct().Count() != input.Parts.Count) return "An adapter is chosen twice. Give it one larger weight instead.";
        if (input.Parts.Any(part => !double.IsFinite(part.Weight) || part.Weight == 0 || Math.Abs(part.Weight) > LargestWeight)) return $"A weight is a number up to {LargestWeight}, not 0. 1 takes an adapter as it is, a negative one takes away what it does.";
        if (input.Method.Drops() && input.Density is not (> 0 and <= 1)) return "The share to keep is above 0 and at most 1.";
        ModelDocument?[] models = [.. input.Parts.Select(part => catalogue.Read(c => AdapterRules.Find(c, part.ModelId, person)))];
        if (models.Any(model => model is not { Kind: ModelKind.Adapter, Manifest: not null })) return "One of the adapters is not here any more, or has no manifest to name it by.";
        if (models.Select(model => model!.BaseId).Distinct().Count() > 1) return "These adapters stand on different bases. Only adapters over the same base can become one.";
        return models.Select(model => CanonicalJson.Read<AdapterManifest>(model!.Manifest!).BaseHash).Distinct().Count() > 1
            ? "These adapters were trained on different files of their base, so their numbers do not belong together." : null;
    }
}
