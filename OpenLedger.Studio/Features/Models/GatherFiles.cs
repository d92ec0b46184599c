using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Has a model's files in its arrival, wherever they come from. Opens none of them.</summary>
public sealed class GatherFiles(HubClient hub, HubOptions options, HubTokens tokens, ModelArrivals arrivals, TimeProvider time)
{
    /// <exception cref="HubException">They cannot be had.</exception>
    public Task GatherAsync(JobContext job, ImportInput input, CancellationToken cancel) => input.Source switch
    {
        ImportSource.Hub => DownloadAsync(job, input, cancel),
        ImportSource.Server => CopyAsync(job, input, cancel),
        ImportSource.Upload => arrivals.IsThere(input.Arrival) ? Task.CompletedTask : throw new HubException(HubFault.NotFound, "The uploaded files are not here any more. Upload them again."),
    };

    private async Task DownloadAsync(JobContext job, ImportInput input, CancellationToken cancel)
    {
        await job.ReportAsync(0, $"Asking {options.Address.Host} for the list of files.", cancel);
        string? token = tokens.Of(job.Owner);
        HubRepository repository = (HubRepository.TryParse(input.From, options.Address) ?? throw new HubException(HubFault.NotFound, $"'{input.From}' is no repository.")) with { Revision = input.Revision ?? "main" };
        HubPlan plan = await hub.PlanAsync(repository, input.Gguf, token, cancel);
        DownloadReporter reporter = new(job, time);
        await reporter.PassOnAsync(hub.DownloadAsync(plan, arrivals.FolderOf(input.Arrival), token, reporter, cancel), cancel);
    }

    // Copied and not linked: what lies elsewhere may change, and a model's hash stands in records.
    private async Task CopyAsync(JobContext job, ImportInput input, CancellationToken cancel)
    {
        (_, IReadOnlyList<string> paths) = ModelFiles.At(input.From);
        long of = paths.Sum(path => new FileInfo(path).Length), done = 0;
        string folder = Directory.CreateDirectory(arrivals.FolderOf(input.Arrival)).FullName;
        if (of > DiskRoom.At(folder) - options.ReserveBytes) throw new HubException(HubFault.NoRoom, $"The model needs {SizeText.Of(of)} on the disk, and less is free. Remove a model, or make room, then try again.");
        foreach (string path in paths)
        {
            await job.ReportAsync((int)(ImportModelJob.Gathered * done / of), $"Copying {Path.GetFileName(path)}, {SizeText.Of(done)} of {SizeText.Of(of)}.", cancel);
            await using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
            await using FileStream into = new(Path.Combine(folder, Path.GetFileName(path)), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20, useAsync: true);
            await from.CopyToAsync(into, 1 << 20, cancel);
            done += from.Length;
        }
    }
}
