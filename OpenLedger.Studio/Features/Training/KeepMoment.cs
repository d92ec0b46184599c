using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training;

/// <summary>
/// Makes a moment of a run something to talk to, for the run's owner alone: a copy, so that it stays when the run drops its checkpoint, and so that its
/// rows are known when its answers are paid. Publishes nothing and stops no run.
/// </summary>
public sealed class KeepMoment(TrainingStarts starts, TrainingMoments moments, RowHistory history, ReadJobs jobs, Catalogue catalogue, StudioFolders folders, TimeProvider time)
{
    private static readonly Refusal Gone = new("This moment is not here any more: a training keeps its two newest checkpoints while it goes on. Choose one that stands on its page now.");

    /// <summary>The moment as a model; the same moment twice gives the same one.</summary>
    public async Task<Outcome<ModelDocument>> KeepAsync(string runId, string moment, Person person, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return Refusal.SignInFirst;
        if (await jobs.OneAsync(runId, new JobCaller(person.Key, IsAdmin: false), cancel) is not JobRow { Kind: TrainingJob.KindName } run)
            return new Refusal("Only the wallet that started a training can talk to its moments.");
        if (moments.Find(runId, moment) is not string folder) return Gone;
        string lasting = Path.GetFileName(folder), target = moments.KeptIn(runId, lasting);
        if (KeptStart.Read(target) is null && !await CopyAsync(runId, lasting, target, person, cancel)) return Gone;
        return Add($"moment-{runId}-{lasting}", CanonicalJson.Read<TrainingInput>(run.Input), runId, target, person);
    }

    private async Task<bool> CopyAsync(string runId, string lasting, string target, Person person, CancellationToken cancel)
    {
        try
        {
            if (await starts.FindAsync(TrainingFrom.At(runId, lasting), person, cancel) is not FoundStart found) return false;
            IReadOnlyList<string> rows = history.At(runId, lasting);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            AtomicFolder.Write(target, folder => found.CopyTo(folder, rows));
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or TrainingException)
        {
            return false; // the run dropped it while it was read
        }
    }

    private Outcome<ModelDocument> Add(string id, TrainingInput input, string runId, string folder, Person person) => catalogue.Write<Outcome<ModelDocument>>(c =>
    {
        if (c.Models.Get(id) is ModelDocument known) return known;
        if (c.Models.Get(input.BaseId) is not ModelDocument on) return new Refusal("The base under this training is not here any more. Import it again, then try again.");
        KeptStart kept = KeptStart.Read(folder)!;
        DatanetVersionDocument[] versions = [.. kept.VersionIds.Select(c.Versions.Get).OfType<DatanetVersionDocument>()];
        ModelDocument made = new()
        {
            Id = id,
            Kind = ModelKind.Moment,
            Name = kept.Name,
            Family = on.Family,
            Path = Path.GetRelativePath(folders.Root, folder),
            Hash = kept.Parent.Weights,
            Licence = LicenceExpression.Of([.. versions.Select(version => version.Licence), kept.Licence ?? "", on.Licence]),
            Owner = person.Address,
            State = ModelState.Private,
            BaseId = on.Id,
            DatanetIds = [.. versions.Select(version => version.DatanetId).Distinct()],
            DatasetRoots = kept.Parent.Datasets,
            DatanetVersionIds = kept.VersionIds,
            RunId = runId,
            Grounded = input.FromPassages,
            Size = Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length),
            Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        c.Models.Put(made);
        return made;
    });
}
