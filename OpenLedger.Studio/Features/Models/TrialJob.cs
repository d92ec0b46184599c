using OpenLedger.Engine.Models;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Tries a base that is here once more, and writes down what it showed. Brings nothing in.</summary>
public sealed class TrialJob(Catalogue catalogue, StudioFolders folders, TimeProvider time) : IJobBody
{
    /// <summary>The kind of its jobs.</summary>
    public const string KindName = "model-trial";

    public string Kind => KindName;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        string id = job.ReadInput<TrialInput>().ModelId;
        if (catalogue.Read(c => c.Models.Get(id)) is not { Kind: ModelKind.Base } model) return new JobOutcome.Failed("This base is not here any more.");
        await job.ReportAsync(0, "Trying the model: words, template, ten tokens.", cancel);
        try
        {
            (ModelCheck check, _) = await Task.Run(() => TryModel.RunAsync(Path.Combine(folders.Root, model.Path), time, cancel), cancel);
            Write(id, known => known with { Check = check, Context = check.Context, Parameters = check.Parameters, TrialProblem = null });
            return new JobOutcome.Finished();
        }
        catch (Exception no) when (no is not OperationCanceledException) // a cancelled one showed nothing
        {
            string problem = IsForeseen(no) ? ImportWords.Sentence(no.Message) : "The trial stopped before its end, and nobody foresaw why. The Studio's log has the reason.";
            Write(id, known => known with { TrialProblem = problem });
            if (!IsForeseen(no)) throw;
            return new JobOutcome.Failed(problem);
        }
    }

    private static bool IsForeseen(Exception no) => no is ModelException or GgufException or SafetensorsException or TokenizerException or TemplateException or IOException;

    // It may have been removed meanwhile.
    private void Write(string id, Func<ModelDocument, ModelDocument> change) => catalogue.Write(c =>
    {
        if (c.Models.Get(id) is ModelDocument known) c.Models.Put(change(known));
    });
}

/// <summary>Which base to try.</summary>
/// <param name="Asked">Unix milliseconds: tells one wish from another.</param>
public sealed record TrialInput(string ModelId, long Asked);
