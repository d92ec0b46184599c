using System.Collections.Concurrent;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>The passage index of each published version: in memory, else from disk, else built, by whoever asks first. Knows nothing of questions.</summary>
public sealed class PassageIndexes(DatanetRows rows, StudioFolders folders, StarterFiles starter, Embedder embedder, ILogger<PassageIndexes> log)
{
    private const string FolderName = "passages";

    private readonly ConcurrentDictionary<string, Lazy<Task<PassageIndex>>> _indexes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Done, int Of)> _progress = new(StringComparer.Ordinal);

    /// <summary>The version's index; all who ask at the same time wait for one building.</summary>
    public async Task<PassageIndex> GetAsync(DatanetVersionDocument version, CancellationToken cancel)
    {
        Lazy<Task<PassageIndex>> making = _indexes.GetOrAdd(version.Id, _ => new(() => Task.Run(() => LoadOrBuildAsync(version))));
        try
        {
            return await making.Value.WaitAsync(cancel);
        }
        catch when (making.Value.IsFaulted)
        {
            _indexes.TryRemove(KeyValuePair.Create(version.Id, making));
            throw;
        }
    }

    /// <summary>How far a building is; null where none runs.</summary>
    public (int Done, int Of)? ProgressOf(DatanetVersionDocument version) => _progress.TryGetValue(version.Id, out (int, int) progress) ? progress : null;

    private async Task<PassageIndex> LoadOrBuildAsync(DatanetVersionDocument version)
    {
        EmbeddingModel model = await embedder.GetAsync(CancellationToken.None);
        return Load(FolderOf(version.DatanetId, version.Number), version.Id, model) is PassageIndex known && known.Root == version.Root ? known : Build(version, model);
    }

    // An index can be made again from the rows at any time, so a damaged or outdated one is.
    private PassageIndex? Load(string folder, string name, EmbeddingModel model)
    {
        try
        {
            return PassageIndexFiles.Load(folder, model);
        }
        catch (PassageIndexException damaged)
        {
            log.LogWarning(damaged, "The index of {Version} is damaged and is built again", name);
            return null;
        }
    }

    private PassageIndex Build(DatanetVersionDocument version, EmbeddingModel model)
    {
        try
        {
            PassageSource[] sources = [.. rows.OfVersion(version.DatanetId, version.Number).Select(SourceOf)];
            _progress[version.Id] = (0, sources.Length);
            PassageIndex index = PassageIndex.Build(version.DatanetId, version.Root, sources, model, previous: Earlier(version, model), progress: new Progress(at => _progress[version.Id] = at));
            PassageIndexFiles.Save(index, FolderOf(version.DatanetId, version.Number));
            return index;
        }
        finally
        {
            _progress.TryRemove(version.Id, out _);
        }
    }

    // Rows that have not changed are not embedded again. The sample's vectors are shipped: its contributors differ from node to node, its words do not.
    private PassageIndex? Earlier(DatanetVersionDocument version, EmbeddingModel model) => version.Number == 1
        ? Load(Path.Combine(starter.Root, "datanets", version.DatanetId, FolderName), "the shipped sample", model)
        : Load(FolderOf(version.DatanetId, version.Number - 1), version.Id, model);

    // The question of a question-and-answer row is its heading: it helps to find the row and is no passage.
    private static PassageSource SourceOf(DatanetRow row)
    {
        ChatTurn[] said = [.. row.Turns.Where(turn => turn.Role != ChatTurn.System)];
        int body = said is [{ Role: ChatTurn.User } question, { Role: ChatTurn.Assistant }] ? question.Content.Length + 2 : 0;
        return new PassageSource(row.Id, row.AsPassageText(), row.Contributor, body);
    }

    private string FolderOf(string datanetId, int number) => Path.Combine(folders.DatanetVersion(datanetId, number), FolderName);

    // Progress<T> would post to a thread of its own and arrive out of order.
    private sealed class Progress(Action<(int, int)> report) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => report(value);
    }
}
