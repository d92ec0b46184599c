using OpenLedger.Engine.Records;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Shows exports to whoever asked for them, or to an admin. Changes nothing.</summary>
public sealed class ReadExports(Catalogue catalogue, ReadJobs jobs, StudioFolders folders)
{
    private const int Most = 200;

    /// <summary>The model and its exports, newest first; null where the model is not there for this person.</summary>
    public async Task<ExportsView?> OfAsync(Person person, string modelId, CancellationToken cancel)
    {
        if (catalogue.Read(c => AdapterRules.Find(c, modelId, person)) is not { Kind: ModelKind.Adapter } model) return null;
        if (!AdapterRules.MayExport(model, person)) return new(model, false, []);
        List<JobRow> found = await jobs.NewestAsync(new JobCaller(person.Key, person.IsAdmin), ExportJob.KindName, Most, cancel);
        return new(model, true, [.. found.Select(View).Where(view => view.Input.ModelId == modelId && !WasRemoved(view))]);
    }

    /// <summary>Where a file of a finished export lies; null where there is none, or it is somebody else's.</summary>
    public async Task<string?> PathAsync(Person person, string jobId, string name, CancellationToken cancel)
    {
        if (!person.IsSignedIn || await jobs.OneAsync(jobId, new JobCaller(person.Key, person.IsAdmin), cancel) is not { Kind: ExportJob.KindName } row) return null;
        if (View(row).Output?.Files.Any(file => file.Name == name) != true) return null;   // a path never comes from the asker
        string path = Path.Combine(folders.Export(jobId), name);
        return File.Exists(path) ? path : null;
    }

    private bool WasRemoved(ExportView view) => view.State == JobState.Finished ? !Directory.Exists(folders.Export(view.Id)) : view.IsOver && File.Exists(RemoveExport.MarkOf(folders, view.Id));

    private static ExportView View(JobRow row) => new(
        row.Id, CanonicalJson.Read<ExportInput>(row.Input), row.State, row.Output is string output ? CanonicalJson.Read<ExportedModel>(output) : null, row.Created);
}

/// <summary>A model with what was exported of it.</summary>
public sealed record ExportsView(ModelDocument Model, bool MayExport, IReadOnlyList<ExportView> Exports);

/// <summary>One export.</summary>
/// <param name="Output">Null until it is finished.</param>
public sealed record ExportView(string Id, ExportInput Input, JobState State, ExportedModel? Output, long Created)
{
    public bool IsOver => State.IsOver();
}
