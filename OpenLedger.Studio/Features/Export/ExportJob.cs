using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Does a queued export: writes, reads again, compares, keeps. Knows nothing of pages.</summary>
/// <remarks>Safe to be killed anywhere: the export's folder is there whole or not at all.</remarks>
public sealed class ExportJob(Catalogue catalogue, StudioFolders folders, WriteExportCard cards) : IJobBody
{
    /// <summary>The kind of its jobs.</summary>
    public const string KindName = "export";

    public string Kind => KindName;

    public bool IsHeavy => true;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        ExportInput input = job.ReadInput<ExportInput>();
        ModelDocument? model = catalogue.Read(c => c.Models.Get(input.ModelId));
        ModelDocument? on = model?.BaseId is string baseId ? catalogue.Read(c => c.Models.Get(baseId)) : null;
        if (model is null || on is null) return new JobOutcome.Failed("The adapter or its base is not here any more. Import the base again, then try again.");
        string folder = folders.Export(job.Id);
        try
        {
            if (!Directory.Exists(folder) && NoRoom(Request(input, model, on), folder) is string no) return new JobOutcome.Failed(no);
            if (!Directory.Exists(folder)) await LongWork.RunAsync(job, tell => new ExportModel(Request(input, model, on), tell).Write(folder, cancel));
        }
        catch (Exception refused) when (refused is ExportException or AdapterException or ModelException or TokenizerException or GgufException or SafetensorsException)
        {
            return new JobOutcome.Failed(refused.Message);
        }
        return new JobOutcome.Finished(CanonicalJson.Serialize(Output(folder)));
    }

    // Exports come one at a time, so what lies here half written is a killed one's.
    private static string? NoRoom(ExportRequest request, string folder)
    {
        string exports = Path.GetDirectoryName(folder)!;
        AtomicFolder.RemoveLeftovers(exports);
        long adapter = Directory.EnumerateFiles(request.AdapterFolder).Sum(file => new FileInfo(file).Length);
        return ExportRoom.Problem(ExportRoom.Needed(request.Format, LanguageModel.CountParameters(request.BasePath), adapter), DiskRoom.At(exports));
    }

    private ExportRequest Request(ExportInput input, ModelDocument model, ModelDocument on) => new(
        Path.Combine(folders.Root, on.Path), Path.Combine(folders.Root, model.Path), input.Format,
        cards.For(model, on, input.Site), cards.QuestionsFor(model));

    private static ExportedModel Output(string folder) => new(
        [.. Directory.EnumerateFiles(folder).Select(file => new FileInfo(file)).OrderByDescending(file => file.Length).Select(file => new ExportedFile(file.Name, file.Length))],
        CanonicalJson.Read<SelfTestResult>(File.ReadAllText(Path.Combine(folder, ExportModel.TestName))));
}
