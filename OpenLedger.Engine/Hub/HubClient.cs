using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Hub;

/// <summary>
/// A public model hub (the API of huggingface.co): plans what a model needs, and brings it whole and verified or not at all. Knows nothing of where
/// models are kept or who asks.
/// </summary>
/// <param name="http">Its time-out must be none: a download takes as long as it takes, and slowness is seen here.</param>
/// <param name="options">Where, and how patiently.</param>
/// <param name="time">For pauses.</param>
public sealed class HubClient(HttpClient http, HubOptions options, TimeProvider time)
{
    private readonly HubRequests _requests = new(http, options, time);

    /// <summary>What would be downloaded: nothing is, but the list of files and a configuration.</summary>
    /// <param name="repository">Which.</param>
    /// <param name="gguf">One of its GGUF files, or null for what suits best.</param>
    /// <param name="token">For gated ones; null without.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="HubException">The hub says no, or nothing there can be read here.</exception>
    /// <exception cref="ModelException">The family is not supported.</exception>
    public async Task<HubPlan> PlanAsync(HubRepository repository, string? gguf, string? token, CancellationToken cancel)
    {
        HubListing listing = HubListing.Parse(await ReadTextAsync(HubAddresses.Listing(options.Address, repository), repository.Id, token, cancel), repository);
        (HubFormat format, IReadOnlyList<HubFile> chosen, IReadOnlyList<HubFile> others) = ChooseFiles.From($"'{listing.Id}'", listing.Files, gguf);
        ModelConfig? config = format == HubFormat.Safetensors
            ? LanguageModel.ReadConfig(await ReadTextAsync(HubAddresses.File(options.Address, listing.Id, listing.Revision, "config.json"), listing.Id, token, cancel))
            : null;
        List<HubFile> files = [];
        foreach (HubFile file in chosen) files.Add(file.Size is null ? await MeasureAsync(listing, file, token, cancel) : file);
        return new HubPlan(listing.Id, listing.Revision, format, files, others, listing.Licence, listing.IsGated, config?.Family ?? listing.Architecture, config?.MaxPositions ?? listing.Context, listing.Parameters);
    }

    /// <summary>Brings the plan's files into a folder; called again with the same folder it goes on where it was.</summary>
    /// <exception cref="HubException">The hub says no, or does not hold what it announced.</exception>
    public Task DownloadAsync(HubPlan plan, string folder, string? token, IProgress<HubProgress>? progress, CancellationToken cancel) =>
        new HubDownload(_requests, options, time, plan, folder, token, progress).RunAsync(cancel);

    private Task<byte[]> ReadTextAsync(Uri address, string subject, string? token, CancellationToken cancel) =>
        AskAsync(HttpMethod.Get, address, subject, token, (_, body) => body.ReadAllAsync(options.MaxTextBytes), cancel);

    // A hub that lists names alone still says a file's size when its head is asked for; the ETag of a large file is its SHA-256.
    private Task<HubFile> MeasureAsync(HubListing listing, HubFile file, string? token, CancellationToken cancel) =>
        AskAsync(HttpMethod.Head, HubAddresses.File(options.Address, listing.Id, listing.Revision, file.Name), listing.Id, token, (response, _) => Task.FromResult(file with
        {
            Size = response.Content.Headers.ContentLength,
            Sha256 = file.Sha256 ?? (Sha256Hash.TryParse(response.Headers.ETag?.Tag.Trim('"'), out Sha256Hash hash) ? hash : null),
        }), cancel);

    private async Task<T> AskAsync<T>(HttpMethod method, Uri address, string subject, string? token, Func<HttpResponseMessage, HubBody, Task<T>> read, CancellationToken cancel)
    {
        Patience patience = new(options, time);
        while (true)
        {
            try
            {
                return await _requests.SendAsync(new HttpRequestMessage(method, address), subject, token, read, cancel);
            }
            catch (HubException fault) when (fault.MayPass)
            {
                await patience.WaitAsync(fault, null, cancel);
            }
        }
    }
}
