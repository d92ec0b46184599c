using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Adapters.Merging;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using static TorchSharp.torch;

namespace OpenLedger.Studio.Features.Adapters.Combining;

/// <summary>Makes one adapter of several and keeps it, private to whoever asked. Publishes nothing.</summary>
/// <remarks>Safe to be killed anywhere: the same input gives the same weights, and what is there already is not made twice.</remarks>
public sealed class CombineJob(Catalogue catalogue, StudioFolders folders, KeepCombined keep) : IJobBody
{
    /// <summary>The kind of its jobs.</summary>
    public const string KindName = "combining";

    public string Kind => KindName;

    public bool IsHeavy => true;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        CombineInput input = job.ReadInput<CombineInput>();
        ModelDocument?[] parts = [.. input.Parts.Select(part => catalogue.Read(c => c.Models.Get(part.ModelId)))];
        ModelDocument? on = parts[0]?.BaseId is string id ? catalogue.Read(c => c.Models.Get(id)) : null;
        if (on is null || parts.Any(part => part is null)) return new JobOutcome.Failed("An adapter or its base is not here any more.");
        try
        {
            string made = await LongWork.RunAsync(job, tell => Make(job, input, [.. parts.OfType<ModelDocument>()], on, tell, cancel));
            return new JobOutcome.Finished(CanonicalJson.Serialize(new CombinedModel(made)));
        }
        catch (Exception refused) when (refused is AdapterException or ModelException)
        {
            return new JobOutcome.Failed($"These adapters were not combined: {refused.Message}.");
        }
    }

    private string Make(JobContext job, CombineInput input, ModelDocument[] parts, ModelDocument on, Action<double, string> tell, CancellationToken cancel)
    {
        tell(0, $"Opening {on.Name}");
        string made = Path.Combine(folders.Run(job.Id), "adapter");
        using (LanguageModel model = LanguageModel.Load(Path.Combine(folders.Root, on.Path), cancel: cancel))
        {
            tell(0.3, $"Combining {parts.Length} adapters");
            Merge(input, parts, model, on, made);
        }
        tell(0.9, "Keeping it");
        return keep.Keep(job.Id, job.Owner, input, parts, on, made);
    }

    private void Merge(CombineInput input, ModelDocument[] parts, LanguageModel model, ModelDocument on, string folder)
    {
        List<MergeSource> sources = [];
        try
        {
            for (int i = 0; i < parts.Length; i++)
                sources.Add(new MergeSource(AdapterFile.Read(Path.Combine(folders.Root, parts[i].Path), model.AdapterBase, CPU), input.Parts[i].Weight));
            using LoraWeights merged = MergeAdapters.Merge(sources, new MergeOptions(input.Method) { Density = input.Density, Seed = input.Seed });
            AdapterFile.Write(folder, merged, on.Name, model.Config.Transposed);
        }
        finally
        {
            foreach (MergeSource source in sources) source.Adapter.Dispose();
        }
    }
}

/// <summary>A finished combining's output.</summary>
/// <param name="ModelId">The new adapter's model document.</param>
public sealed record CombinedModel(string ModelId);
