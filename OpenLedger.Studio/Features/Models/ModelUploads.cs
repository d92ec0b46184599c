using System.Collections.Concurrent;
using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Takes a model's files from a browser, one request each, into an arrival of its sender's. Opens none.</summary>
public sealed class ModelUploads(ModelArrivals arrivals, HubOptions options)
{
    private const int MostFiles = 500;
    private const int MostAtOnce = 3;
    private const string Gone = "This upload is not here any more. Choose the files again.";

    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);   // by arrival

    /// <summary>Which of the chosen files are needed, and the arrival they go to; or why nothing can be made of them.</summary>
    public Outcome<UploadPlan> Begin(Person person, IReadOnlyList<ChosenFile> chosen)
    {
        if (!person.IsSignedIn) return Refusal.SignInFirst;
        if (chosen.Count > MostFiles) return new Refusal($"These are {chosen.Count} files; a model has at most {MostFiles}. Choose the files of one model.");
        if (_uploads.Values.Count(upload => person.Owns(upload.Sender)) >= MostAtOnce) return new Refusal($"You are sending {MostAtOnce} models already. Finish one, or cancel it.");
        try
        {
            (_, IReadOnlyList<HubFile> files, _) = ChooseFiles.From("This choice", [.. chosen.Select(file => new HubFile(file.Name, file.Size, null, null))], null);
            return Begin(person, files);
        }
        catch (HubException no)
        {
            return new Refusal(ImportWords.Sentence(no.Message));
        }
    }

    /// <summary>Why the file was not taken, or null.</summary>
    /// <param name="person">The sender.</param>
    /// <param name="arrival">As begun.</param>
    /// <param name="name">One of those that were asked for.</param>
    /// <param name="body">Read once, and no further than was announced; a cut connection leaves nothing of it.</param>
    /// <param name="cancel">The connection's.</param>
    public async Task<string?> ReceiveAsync(Person person, string arrival, string name, Stream body, CancellationToken cancel)
    {
        if (Find(person, arrival) is not Upload upload) return Gone;
        if (!upload.Sizes.TryGetValue(name, out long size)) return "This file was not asked for. Choose the files again.";
        string part = arrivals.Begin();   // beside the upload and not in it: what is imported has no file that still grows
        try
        {
            string file = Path.Combine(arrivals.FolderOf(part), name);
            if (!await KeepAsync(body, file, size, cancel)) return $"'{name}' is not as large as it was said to be. Choose the files again.";
            return Place(person, arrival, upload, file) ? null : Gone;
        }
        finally
        {
            arrivals.Remove(part);
        }
    }

    /// <summary>The sender gave it up.</summary>
    public void GiveUp(Person person, string arrival)
    {
        if (Find(person, arrival) is not Upload upload) return;
        lock (upload.Moving)
        {
            if (_uploads.TryRemove(arrival, out _)) arrivals.Remove(arrival);
        }
    }

    /// <summary>Whether all that was asked for is here, so that it may be imported.</summary>
    public bool IsWhole(Person person, string arrival) =>
        Find(person, arrival) is Upload upload && upload.Sizes.Keys.All(file => File.Exists(Path.Combine(arrivals.FolderOf(arrival), file)));

    /// <summary>Hands a whole upload over to its import, once; false where there is none of this person's.</summary>
    public bool HandOver(Person person, string arrival)
    {
        if (Find(person, arrival) is not Upload upload) return false;
        lock (upload.Moving) return IsWhole(person, arrival) && _uploads.TryRemove(arrival, out _);
    }

    // Once it is handed over its weights are hashed and kept by that hash: a request that was held open must not change them.
    private bool Place(Person person, string arrival, Upload upload, string file)
    {
        lock (upload.Moving)
        {
            if (Find(person, arrival) != upload) return false;
            File.Move(file, Path.Combine(arrivals.FolderOf(arrival), Path.GetFileName(file)), overwrite: true);
            return true;
        }
    }

    private Outcome<UploadPlan> Begin(Person person, IReadOnlyList<HubFile> files)
    {
        long needed = files.Sum(file => file.Size ?? 0), free = arrivals.Free - options.ReserveBytes;
        if (needed > Math.Min(free, options.MaxModelBytes)) return new Refusal($"They need {SizeText.Of(needed)} on the disk, and {SizeText.Of(Math.Max(0, free))} are free.");
        string arrival = arrivals.Begin();
        _uploads[arrival] = new Upload(person.Key, files.ToDictionary(file => file.Name, file => file.Size ?? 0, StringComparer.Ordinal));
        return new UploadPlan(arrival, [.. files.Select(file => file.Name)], needed);
    }

    private Upload? Find(Person person, string arrival) => _uploads.TryGetValue(arrival, out Upload? upload) && person.Owns(upload.Sender) && arrivals.IsThere(arrival) ? upload : null;

    private static async Task<bool> KeepAsync(Stream body, string part, long size, CancellationToken cancel)
    {
        await using FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (file.Position + read > size) return false;
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        return file.Position == size;
    }

    private sealed record Upload(string Sender, IReadOnlyDictionary<string, long> Sizes)
    {
        /// <summary>Held while a file takes its place and while the upload changes hands.</summary>
        public Lock Moving { get; } = new();
    }
}

/// <summary>A file that a person chose in their browser.</summary>
public sealed record ChosenFile(string Name, long Size);

/// <summary>What is to be sent of what was chosen.</summary>
public sealed record UploadPlan(string Arrival, IReadOnlyList<string> Files, long Bytes);
