using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Takes an imported base away, unless something stands on it. What it answered stays in the records.</summary>
public sealed class RemoveModel(Catalogue catalogue, StudioFolders folders, ReadJobs jobs, ServedModels served)
{
    private const int MostJobs = 500;

    /// <summary>Why it cannot be removed, or null when it was.</summary>
    public async Task<Refusal?> RemoveAsync(Person person, string id, CancellationToken cancel)
    {
        if (catalogue.Read(c => c.Models.Get(id)) is not { Kind: ModelKind.Base } model) return new Refusal("This base is not here any more.");
        if (!MayRemove(model, person)) return new Refusal(model.Origin is null ? "This base comes with the Studio and stays." : "Only who brought it in, or an admin, can remove it.");
        if (await RunOnAsync(id, cancel) is string run) return new Refusal($"The training '{run}' runs on it. Wait until it ends, or cancel it, then remove the base.");
        if (Take(id) is Refusal standing) return standing;
        served.Forget(id);
        string path = Path.Combine(folders.Root, model.Path), folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return null;
    }

    /// <summary>Who brought it in, or an admin; nobody for what is shipped.</summary>
    public static bool MayRemove(ModelDocument model, Person person) =>
        model is { Kind: ModelKind.Base, Origin: { } origin } && (person.IsAdmin || (person.Address is { } address && origin.By == address));

    // Looked at and removed in one write: an adapter that is kept at the same moment comes before it or finds no base.
    private Refusal? Take(string id) => catalogue.Write(c =>
    {
        string[] standing = [.. c.Models.Find(other => other.BaseId, id).Select(other => other.Name).Order(StringComparer.OrdinalIgnoreCase)];
        if (standing.Length > 0) return new Refusal($"{standing.Length switch { 1 => "An adapter stands", int many => $"{many} adapters stand" }} on it and could not answer without it: {string.Join(", ", standing)}.");
        c.Models.Remove(id);
        return null;
    });

    private async Task<string?> RunOnAsync(string id, CancellationToken cancel) =>
        (await jobs.NewestAsync(new JobCaller("", IsAdmin: true), TrainingJob.KindName, MostJobs, cancel))
            .Where(job => !job.IsOver).Select(job => OpenLedger.Engine.Records.CanonicalJson.Read<TrainingInput>(job.Input)).FirstOrDefault(input => input.BaseId == id)?.Name;
}
