using System.Collections.Concurrent;
using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Takes a model's files from a browser, one request each, into an arrival of its sender's. Opens none.</summary>
public sealed class ModelUploads(ModelArrivals arrivals, HubOptions options)
{
    private const int MostFiles = 500;

    private readonly ConcurrentDictionary<string, string> _senders = new(StringComparer.Ordinal);   // arrival to person

    /// <summary>Which of the chosen files are needed, and the arrival they go to; or why nothing can be made of them.</summary>
    public Outcome<UploadPlan> Begin(Person person, IReadOnlyList<ChosenFile> chosen)
    {
        if (!person.IsSignedIn) return Refusal.SignInFirst;
        if (chosen.Count > MostFiles) return new Refusal($"These are {chosen.Count} files; a model has at most {MostFiles}. Choose the files of one model.");
        try
        {
            (_, IReadOnlyList<HubFile> files, _) = ChooseFiles.From("This choice", [.. chosen.Select(file => new HubFile(file.Name, file.Size, null, null))], null);
            long needed = files.Sum(file => file.Size ?? 0), free = arrivals.Free - options.ReserveBytes;
            if (needed > Math.Min(free, options.MaxModelBytes)) return new Refusal($"They need {SizeText.Of(needed)} on the disk, and {SizeText.Of(Math.Max(0, free))} are free.");
            string arrival = arrivals.Begin();
            _senders[arrival] = person.Key;
            return new UploadPlan(arrival, [.. files.Select(file => file.Name)], needed);
        }
        catch (HubException no)
        {
            return new Refusal(ImportWords.Sentence(no.Message));
        }
    }

    /// <summary>Why the file was not taken, or null.</summary>
    /// <param name="person">The sender.</param>
    /// <param name="arrival">As begun.</param>
    /// <param name="name">Plain, within the arrival.</param>
    /// <param name="body">Read once; a cut connection leaves nothing of it.</param>
    /// <param name="cancel">The connection's.</param>
    public async Task<string?> ReceiveAsync(Person person, string arrival, string name, Stream body, CancellationToken cancel)
    {
        if (!_senders.TryGetValue(arrival, out string? sender) || !person.Owns(sender) || !arrivals.IsThere(arrival)) return "This upload is not here any more. Choose the files again.";
        if (!new HubFile(name, 0, null, null).IsPlain) return "A file's name must be plain: letters, digits, points and dashes.";
        string path = Path.Combine(arrivals.FolderOf(arrival), name), part = path + ".part";
        try
        {
            await using (FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true)) await body.CopyToAsync(file, 1 << 16, cancel);
            File.Move(part, path, overwrite: true);
            return null;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The sender gave it up.</summary>
    public void GiveUp(Person person, string arrival)
    {
        if (_senders.TryGetValue(arrival, out string? sender) && person.Owns(sender) && _senders.TryRemove(arrival, out _)) arrivals.Remove(arrival);
    }

    /// <summary>Whether all that was asked for is here, so that it may be imported.</summary>
    public bool IsWhole(Person person, UploadPlan plan) =>
        _senders.TryGetValue(plan.Arrival, out string? sender) && person.Owns(sender) && plan.Files.All(file => File.Exists(Path.Combine(arrivals.FolderOf(plan.Arrival), file)));
}

/// <summary>A file that a person chose in their browser.</summary>
public sealed record ChosenFile(string Name, long Size);

/// <summary>What is to be sent of what was chosen.</summary>
public sealed record UploadPlan(string Arrival, IReadOnlyList<string> Files, long Bytes);
