using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Brings a model in: gathers its files, tries it, keeps it. Knows nothing of pages.</summary>
/// <remarks>Safe to be killed anywhere: files on their way go on where they were, and a model is in the catalogue only when its folder is whole and was tried. A folder that was kept a moment before the kill is put there by the next start.</remarks>
public sealed class ImportModelJob(GatherFiles gather, KeepModel keep, ModelArrivals arrivals, TimeProvider time) : IJobBody
{
    /// <summary>The kind of its jobs.</summary>
    public const string KindName = "model-import";

    /// <summary>Of 10,000: what gathering takes.</summary>
    internal const int Gathered = 9_000;

    public string Kind => KindName;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        ImportInput input = job.ReadInput<ImportInput>();
        try
        {
            await gather.GatherAsync(job, input, cancel);
            await job.ReportAsync(Gathered, "All files are here. Trying the model: words, template, ten tokens.", cancel);
            string path = ModelFiles.Opened(arrivals.FolderOf(input.Arrival));
            (ModelCheck check, Sha256Hash hash) = await Task.Run(() => TryModel.RunAsync(path, time, cancel), cancel);
            return new JobOutcome.Finished(CanonicalJson.Serialize(new ImportedModel(keep.Keep(input, job.Owner, path, check, hash))));
        }
        catch (HubException no)
        {
            return new JobOutcome.Failed(ImportWords.Of(no));
        }
        catch (Exception no) when (no is ModelException or GgufException or SafetensorsException or TokenizerException or TemplateException)
        {
            return new JobOutcome.Failed(ImportWords.Sentence(no.Message));
        }
    }
}
