using System.Net;
using System.Net.Http.Headers;

namespace OpenLedger.Engine.Hub;

/// <summary>
/// Brings the files of a plan into a folder, each verified before it has its name; after a cut, or in another process after a restart, it goes on
/// where it was (RFC 9110, 14.2 and 13.1.5). Knows nothing of models.
/// </summary>
internal sealed class HubDownload(HubRequests requests, HubOptions options, TimeProvider time, HubPlan plan, string folder, string? token, IProgress<HubProgress>? progress)
{
    private readonly Patience _patience = new(options, time);
    private long _before;   // bytes of the files that are done
    private int _cuts;

    /// <exception cref="HubException">The hub says no, or does not hold what it announced; what came so far waits for the next try.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        PartFile[] parts = [.. plan.Files.Select(file => new PartFile(folder, file))];
        RequireRoom(parts.Sum(part => part.Size - part.Length));
        for (int i = 0; i < parts.Length; i++)
        {
            await FetchAsync(plan.Files[i], parts[i], cancel);
            _before += parts[i].Size;
        }
    }

    private void RequireRoom(long missing)
    {
        if (plan.Bytes > options.MaxModelBytes) throw new HubException(HubFault.NoRoom, $"'{plan.Repository}' is larger ({SizeText.Of(plan.Bytes)}) than this Studio takes ({SizeText.Of(options.MaxModelBytes)}).");
        long free = DiskRoom.At(folder) - options.ReserveBytes;
        if (missing > free) throw new HubException(HubFault.NoRoom, $"'{plan.Repository}' needs {SizeText.Of(missing)} on the disk and {SizeText.Of(Math.Max(0, free))} are free beside the reserve. Remove a model, or make room, then try again.");
    }

    private async Task FetchAsync(HubFile file, PartFile part, CancellationToken cancel)
    {
        bool again = false;
        while (!part.IsDone)
        {
            long had = part.Length;
            try
            {
                if (had < part.Size) await BringAsync(file, part, cancel);
                await part.FinishAsync(cancel);
            }
            catch (HubException wrong) when (wrong.Fault == HubFault.WrongContent && !again && had > 0)
            {
                again = true;   // an older beginning may not fit this end: once more from the start
            }
            catch (HubException fault) when (fault.MayPass)
            {
                if (part.Length - had >= options.MinStretchBytes) _patience.Renew();
                if (fault.Fault == HubFault.Unreachable) _cuts++;
                await _patience.WaitAsync(fault, pause => Report(file, part, pause), cancel);
            }
        }
        Report(file, part, null);
    }

    private Task<bool> BringAsync(HubFile file, PartFile part, CancellationToken cancel)
    {
        HttpRequestMessage request = new(HttpMethod.Get, HubAddresses.File(options.Address, plan.Repository, plan.Revision, file.Name));
        if (part.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            if (part.Tag is { } tag) request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }
        return requests.SendAsync(request, plan.Repository, token, (response, body) => TakeAsync(file, part, response, body, cancel), cancel);
    }

    private async Task<bool> TakeAsync(HubFile file, PartFile part, HttpResponseMessage response, HubBody body, CancellationToken cancel)
    {
        if (!GoesOn(part, response)) part.Begin(response.StatusCode == HttpStatusCode.OK ? response.Headers.ETag : null);
        if (response.StatusCode != HttpStatusCode.OK && part.Length == 0) throw new HubException(HubFault.Unreachable, $"The hub does not go on with '{file.Name}' where it was cut; it begins anew.");
        await using FileStream stream = part.Append();
        byte[] buffer = new byte[128 * 1024];
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            if (stream.Position + read > part.Size)
            {
                await stream.DisposeAsync();
                part.Discard();
                throw new HubException(HubFault.WrongContent, $"The hub sends more of '{file.Name}' than the {part.Size} bytes it announced. Nothing of it was kept.");
            }
            await stream.WriteAsync(buffer.AsMemory(0, read), cancel);
            Report(file, stream.Position, null);
        }
        if (stream.Position < part.Size) throw new HubException(HubFault.Unreachable, $"'{file.Name}' ended after {stream.Position} of {part.Size} bytes.");
        return true;
    }

    // 206 with the very range that was asked for, of the very file that was begun; anything else starts over.
    private static bool GoesOn(PartFile part, HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.PartialContent
        && response.Content.Headers.ContentRange is { HasRange: true, From: { } from } range && from == part.Length && (range.Length is null || range.Length == part.Size)
        && (part.Tag is not { } tag || response.Headers.ETag is null || response.Headers.ETag.Equals(tag));

    private void Report(HubFile file, PartFile part, TimeSpan? waiting) => Report(file, part.Length, waiting);

    private void Report(HubFile file, long bytes, TimeSpan? waiting) => progress?.Report(new HubProgress(file.Name, _before + bytes, plan.Bytes, _cuts, waiting));
}
