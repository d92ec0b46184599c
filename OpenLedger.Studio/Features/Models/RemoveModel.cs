using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Takes an imported base away, unless something stands on it. What it answered stays in the records.</summary>
public sealed class RemoveModel(Catalogue catalogue, StudioFolders folders, ReadJobs jobs, ServedModels served, KeepModel keep, TimeProvider time)
{
    private const int MostJobs = 500;

    /// <summary>Why it cannot be removed, or null when it was.</summary>
    public async Task<Refusal?> RemoveAsync(Person person, string id, CancellationToken cancel)
    {
        if (catalogue.Read(c => c.Models.Get(id)) is not { Kind: ModelKind.Base } model) return new Refusal("This base is not here any more.");
        if (!MayRemove(model, person)) return new Refusal(model.Origin is null ? "This base comes with the Studio and stays." : "Only who brought it in, or an admin, can remove it.");
        if (await RunOnAsync(id, cancel) is string run) return new Refusal($"The training '{run}' runs on it. Wait until it ends, or cancel it, then remove the base.");
        return TakeWhole(model);
    }

    /// <summary>Who brought it in, or an admin; nobody for what is shipped.</summary>
    public static bool MayRemove(ModelDocument model, Person person) =>
        model is { Kind: ModelKind.Base, Origin: { } origin } && (person.IsAdmin || (person.Address is { } address && origin.By == address));

    private Refusal? TakeWhole(ModelDocument model)
    {
        lock (keep.Moving)
        {
            if (Take(model.Id) is Refusal standing) return standing;
            served.Forget(model.Id);
            // Its own folder and nothing above it, also where it is missing; away by a rename first, so that a kill never leaves half of it for the next start to find.
            string folder = folders.Model(model.Hash.Hex), away = folders.Arrival(CatalogueDocument.NewId(time));
            if (!Directory.Exists(folder)) return null;
            Directory.Move(folder, away);
            Directory.Delete(away, recursive: true);
            return null;
        }
    }

    // Looked at and removed in one write: an adapter that is kept at the same moment comes before it or finds no base.
    private Refusal? Take(string id) => catalogue.Write(c =>
    {
        ILookup<bool, ModelDocument> onIt = c.Models.Find(other => other.BaseId, id).ToLookup(other => other.Kind == ModelKind.Moment);
        string[] standing = [.. onIt[false].Select(other => other.Name).Order(StringComparer.OrdinalIgnoreCase)];
        if (standing.Length > 0) return new Refusal($"{standing.Length switch { 1 => "An adapter stands", int many => $"{many} adapters stand" }} on it and could not answer without it: {string.Join(", ", standing)}.");
        foreach (ModelDocument moment in onIt[true]) c.Models.Remove(moment.Id);   // kept for a chat that has nothing to stand on any more; its files are its run's
        c.Models.Remove(id);
        return null;
    });

    private async Task<string?> RunOnAsync(string id, CancellationToken cancel) =>
        (await jobs.NewestAsync(new JobCaller("", IsAdmin: true), TrainingJob.KindName, MostJobs, cancel))
            .Where(job => !job.IsOver).Select(job => OpenLedger.Engine.Records.CanonicalJson.Read<TrainingInput>(job.Input)).FirstOrDefault(input => input.BaseId == id)?.Name;
}
