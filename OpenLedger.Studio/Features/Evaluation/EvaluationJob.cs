using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Evaluation;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Evaluation;

/// <summary>Measures a finished run: base against tuned on the rows it never learned from, and on rows of something else. Knows nothing of pages.</summary>
/// <remarks>Safe to be killed anywhere: the report is there whole or not at all.</remarks>
public sealed class EvaluationJob(ReadJobs jobs, BaseModels bases, TrainingRows rows, Catalogue catalogue, StudioFolders folders) : IJobBody
{
    /// <summary>The kind of its jobs.</summary>
    public const string KindName = "evaluation";

    private const int MostRows = 64, ProbeRows = 32, Seed = 1;

    public string Kind => KindName;

    public bool IsHeavy => true;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        EvaluationInput input = job.ReadInput<EvaluationInput>();
        if (await jobs.OneAsync(input.RunId, new JobCaller(job.Owner, IsAdmin: true), cancel) is not { Kind: TrainingJob.KindName } run) return new JobOutcome.Failed("The training is not here any more.");
        TrainingInput trained = CanonicalJson.Read<TrainingInput>(run.Input);
        if (bases.Find(trained.BaseId) is not { } found) return new JobOutcome.Failed("The base of this training is not here any more. Import it again, then try again.");
        try
        {
            EvaluationReport report = await LongWork.RunAsync(job, tell => Measure(input, trained, found, tell, cancel));
            AtomicFile.Write(ReadEvaluation.PathIn(folders.Run(input.RunId)), stream => stream.Write(CanonicalJson.SerializeToUtf8(report)));
        }
        catch (Exception refused) when (refused is TrainingException or AdapterException or ModelException or GgufException or SafetensorsException)
        {
            return new JobOutcome.Failed($"It could not be measured: {refused.Message}.");
        }
        return new JobOutcome.Finished();
    }

    private EvaluationReport Measure(EvaluationInput input, TrainingInput trained, ModelDocument found, Action<double, string> tell, CancellationToken cancel)
    {
        tell(0, $"Opening {found.Name}");
        using TrainingBase on = bases.Open(found, cancel);
        TrainingPlan plan = rows.Plan(trained, rows.Prepare(trained, on.Words));
        EncodedRow[] heldOut = [.. plan.Split.HeldOut.Take(MostRows)];
        if (heldOut.Length == 0) throw new TrainingException("this training kept no rows out; train again with a share of rows kept out");
        using LoraWeights adapter = AdapterFile.Read(new TrainingFolder(folders.Run(input.RunId)).Adapter, on.Model.AdapterBase, on.Model.Device);
        (IReadOnlyList<EncodedRow> probe, string? name) = Probe(input, trained, on);
        EvaluateAdapter evaluate = new(on.Model, adapter, on.Tokenizer, on.Stops, (done, all) => tell((double)done / all, $"Row {done} of {all}, each read or answered by base and tuned"));
        return evaluate.Run(new EvaluationRows(heldOut, probe, name), cancel);
    }

    private (IReadOnlyList<EncodedRow> Rows, string? Name) Probe(EvaluationInput input, TrainingInput trained, TrainingBase on)
    {
        if (input.ProbeVersionId is not string id || catalogue.Read(c => c.Versions.Get(id)) is not { } version) return ([], null);
        DatanetRow[] all = [.. RowsFile.Read(folders.DatanetRows(version.DatanetId, version.Number))];
        new Random(Seed).Shuffle(all);
        EncodedRow[] encoded = [.. PreparedRows.From([.. all.Take(2 * ProbeRows)], on.Encoder(trained.Recipe.SequenceLength)).Rows.Take(ProbeRows)];
        return (encoded, $"{catalogue.Read(c => c.Datanets.Get(version.DatanetId))?.Name ?? version.DatanetId}, version {version.Number}");
    }
}
