using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Queues an import for the person who asks, or says why not. Fetches nothing itself.</summary>
public sealed class StartImport(EnqueueJob enqueue, ReadImports imports, ModelUploads uploads, ModelArrivals arrivals)
{
    /// <summary>A name has at most so many characters.</summary>
    public const int LongestName = 80;

    private const int MostAtOnce = 3;

    /// <summary>What was planned and shown is what is brought: the same commit, the same file.</summary>
    public Task<Outcome<StartedJob>> FromHubAsync(Person person, ImportPlan planned, CancellationToken cancel)
    {
        HubPlan plan = planned.Plan;
        return planned.Problem is string problem
            ? Task.FromResult<Outcome<StartedJob>>(new Refusal(problem))
            : QueueAsync(person, plan.Repository[(plan.Repository.LastIndexOf('/') + 1)..],
                name => new ImportInput(ImportSource.Hub, plan.Repository, plan.Revision, plan.Format == HubFormat.Gguf ? plan.Weights.Name : null, name, plan.Licence ?? "", arrivals.Begin()), cancel);
    }

    /// <summary>Files that were uploaded into this arrival.</summary>
    public Task<Outcome<StartedJob>> FromUploadAsync(Person person, string arrival, string name, string licence, CancellationToken cancel) =>
        QueueAsync(person, name, called => uploads.HandOver(person, arrival) ? new ImportInput(ImportSource.Upload, "", null, null, called, licence.Trim(), arrival) : null, cancel);

    /// <summary>A folder or a GGUF file of this machine. Only an admin may name one: a path tells what lies where.</summary>
    public async Task<Outcome<StartedJob>> FromServerAsync(Person person, string path, string name, string licence, CancellationToken cancel)
    {
        if (!person.IsAdmin) return Refusal.AdminOnly;
        string full = path.Trim();
        if (!Path.IsPathFullyQualified(full)) return new Refusal("Write the whole path, from the root of the machine.", nameof(path));
        try
        {
            ModelFiles.At(full);
        }
        catch (HubException no)
        {
            return new Refusal(ImportWords.Sentence(no.Message), nameof(path));
        }
        string called = name.Trim().Length > 0 ? name : Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(full));
        return await QueueAsync(person, called, given => new ImportInput(ImportSource.Server, full, null, null, given, licence.Trim(), arrivals.Begin()), cancel);
    }

    private async Task<Outcome<StartedJob>> QueueAsync(Person person, string name, Func<string, ImportInput?> input, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return Refusal.SignInFirst;
        string called = name.Trim();
        if (called.Length is 0 or > LongestName) return new Refusal($"Give the model a name of 1 to {LongestName} letters.", nameof(name));
        if (!person.IsAdmin && (await imports.AllAsync(person, cancel)).Count(import => !import.IsOver) >= MostAtOnce) return new Refusal($"You have {MostAtOnce} imports under way. Wait for one, or cancel it.");
        return input(called) is ImportInput asked
            ? new StartedJob(await enqueue.EnqueueAsync(ImportModelJob.KindName, person.Key, asked, cancel))
            : new Refusal("The uploaded files are not all here. Choose them again.");
    }
}
