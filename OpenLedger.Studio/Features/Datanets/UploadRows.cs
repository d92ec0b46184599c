using System.Security.Cryptography;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Takes a file in, whole and on disk before it says so, and recognises what is in it. Puts nothing into the Datanet.</summary>
public sealed class UploadRows(Catalogue catalogue, UploadShelf shelf, TimeProvider time)
{
    private const int LongestName = 120;

    /// <param name="person">The owner, for a Datanet of theirs; anybody signed in, for a published one they want to offer rows to.</param>
    /// <param name="datanetId">Where the rows are meant to go.</param>
    /// <param name="fileName">As the browser says it; its ending tells the format.</param>
    /// <param name="body">The bytes, read once and never held whole.</param>
    /// <param name="cancel">A cut connection leaves nothing behind.</param>
    public async Task<Outcome<Upload>> ReceiveAsync(Person person, string datanetId, string fileName, Stream body, CancellationToken cancel)
    {
        if (person.Address is not Address owner) return Refusal.SignInFirst;
        if (catalogue.Read(c => DatanetRules.Find(c, datanetId, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (WhyNotNow(datanet, person) is Refusal closed) return closed;
        if (shelf.Current(datanetId, owner) is Upload before) shelf.Remove(before.Id);

        string id = $"{datanetId}-{CatalogueDocument.NewId(time)}";
        string part = shelf.FileOf(id) + ".part";
        try
        {
            if (await KeepAsync(body, part, cancel) is not Sha256Hash hash) return new Refusal($"The file is larger than {RequestLimits.MaxUploadBytes / 1_000_000} MB. Part it into several files.");
            File.Move(part, shelf.FileOf(id));
            return await Task.Run(() => Recognise(id, datanetId, owner, NameOf(fileName), hash), cancel);
        }
        finally
        {
            File.Delete(part);
        }
    }

    // While an admin looks at the rows, they stay as they are.
    private static Refusal? WhyNotNow(DatanetDocument datanet, Person person) => datanet.State switch
    {
        DatanetState.Published => null,
        DatanetState.Draft or DatanetState.SentBack => DatanetRules.IsOwner(datanet, person) ? null : DatanetRefusals.OwnerOnly,
        DatanetState.WaitingForReview => new Refusal("This Datanet waits for its review. Take it back to add rows."),
    };

    private static async Task<Sha256Hash?> KeepAsync(Stream body, string part, CancellationToken cancel)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = new(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, useAsync: true);
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            length += read;
            if (length > RequestLimits.MaxUploadBytes) return null;
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        file.Flush(flushToDisk: true);
        return Sha256Hash.FromDigest(hash.GetHashAndReset());
    }

    private Outcome<Upload> Recognise(string id, string datanetId, Address owner, string fileName, Sha256Hash hash)
    {
        SourceOpening opening = SourceFile.Open(shelf.FileOf(id), fileName);
        if (opening.File is not SourceFile file)
        {
            shelf.Remove(id);
            return new Refusal($"{opening.Refusal!.What} {opening.Refusal.Mend}");
        }
        ColumnRecognition guess = ColumnRecognition.Of(file);
        Upload upload = new(id, datanetId, owner, fileName, file.Bytes, hash, time.GetUtcNow().ToUnixTimeMilliseconds(), new SourceChoices(), guess.Mapping, guess.Certain, []);
        shelf.Keep(upload);
        return upload;
    }

    private static string NameOf(string fileName)
    {
        string name = Path.GetFileName(fileName.Replace('\\', '/'));
        return name.Length <= LongestName ? name : name[..(LongestName - 10)] + Path.GetExtension(name);
    }
}
