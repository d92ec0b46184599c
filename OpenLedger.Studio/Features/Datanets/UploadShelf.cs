using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Uploads on disk: the file as it came, and beside it what was decided about it. Knows no rights.</summary>
public sealed class UploadShelf(StudioFolders folders)
{
    private const string Decided = ".json";

    /// <summary>Where the file itself lies.</summary>
    public string FileOf(string uploadId) => folders.Upload(uploadId);

    public void Keep(Upload upload) => AtomicFile.Write(FileOf(upload.Id) + Decided, stream => stream.Write(CanonicalJson.SerializeToUtf8(upload)));

    public Upload? Find(string uploadId)
    {
        string path = FileOf(uploadId) + Decided;
        return File.Exists(path) ? CanonicalJson.Read<Upload>(File.ReadAllText(path)) : null;
    }

    /// <summary>The file a person is working on for this Datanet: one at a time.</summary>
    public Upload? Current(string datanetId, Address person) =>
        Directory.EnumerateFiles(folders.Uploads, $"{datanetId}-*{Decided}").Order(StringComparer.Ordinal)
            .Select(path => Find(Path.GetFileNameWithoutExtension(path))).LastOrDefault(upload => upload?.Owner == person);

    /// <summary>Opens the file as it was decided to be read.</summary>
    public SourceOpening Open(Upload upload) => SourceFile.Open(FileOf(upload.Id), upload.FileName, choices: upload.Choices);

    /// <summary>The decisions go first: a file without them is nobody's.</summary>
    public void Remove(string uploadId)
    {
        File.Delete(FileOf(uploadId) + Decided);
        File.Delete(FileOf(uploadId));
    }
}
