using System.Collections.Concurrent;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>
/// Models in memory: each base once, adapters beside it on demand and never over it, so that one base answers with any of them. Knows nothing of chats.
/// </summary>
public sealed class ServedModels(Catalogue catalogue, StudioFolders folders, ServingMemory memory, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LoadedBase>>> _bases = new(StringComparer.Ordinal);
    private readonly AdapterShelf _adapters = new();

    /// <summary>Lends a model for one answer; give it back by disposing.</summary>
    /// <exception cref="AdapterException">The adapter's files do not fit its base.</exception>
    public async Task<ModelLease> TakeAsync(ModelDocument model, CancellationToken cancel)
    {
        ModelDocument root = model.Kind == ModelKind.Base ? model : catalogue.Read(c => c.Models.Require(model.BaseId!));
        LoadedBase loaded = await BaseAsync(root).WaitAsync(cancel);
        while (!loaded.TryLend()) loaded = await BaseAsync(root).WaitAsync(cancel); // it left in between
        try
        {
            return model.Kind == ModelKind.Base
                ? new ModelLease(loaded, root, null, loaded.GiveBack)
                : await Task.Run(() => Lend(loaded, root, model), cancel);
        }
        catch
        {
            loaded.GiveBack();
            throw;
        }
    }

    /// <summary>Whether the model answers without being read from disk first.</summary>
    public bool IsWarm(ModelDocument model) =>
        _bases.TryGetValue(model.BaseId ?? model.Id, out Lazy<Task<LoadedBase>>? loading) && loading is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

    /// <summary>A base that was removed leaves memory, once nobody answers with it any more.</summary>
    public void Forget(string baseId)
    {
        if (_bases.TryRemove(baseId, out Lazy<Task<LoadedBase>>? loading) && loading is { IsValueCreated: true, Value: Task<LoadedBase> task })
            task.ContinueWith(done => done.Result.Drop(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    public void Dispose()
    {
        _adapters.Dispose();
        foreach (Lazy<Task<LoadedBase>> loading in _bases.Values)
            if (loading is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } done }) done.Result.Dispose();
    }

    private ModelLease Lend(LoadedBase loaded, ModelDocument root, ModelDocument model)
    {
        ShelvedAdapter shelved = _adapters.Take(model.Hash, () => Read(loaded, model));
        return new ModelLease(loaded, root, shelved.Adapter, () =>
        {
            _adapters.GiveBack(shelved);
            loaded.GiveBack();
        });
    }

    private ServedAdapter Read(LoadedBase loaded, ModelDocument model)
    {
        if (!File.Exists(Path.Combine(PathOf(model), AdapterFile.WeightsName))) throw new AdapterException("its files are not on this machine any more");
        Sha256Hash id = model.Manifest is string manifest ? CanonicalJson.Read<AdapterManifest>(manifest).Id : model.Hash;
        return new ServedAdapter(id, model.Hash, AdapterFile.Read(PathOf(model), loaded.Chat.Model.AdapterBase, TorchSharp.torch.CPU));
    }

    private LoadedBase Load(ModelDocument root)
    {
        long bytes = ModelMemory.ToAnswer(root.Parameters);
        MakeRoom(bytes);
        return LoadedBase.Load(PathOf(root), root.Id, bytes, time);
    }

    // Bases that nobody answers with leave first, the longest unused before the others.
    private void MakeRoom(long bytes)
    {
        (string Id, LoadedBase Base)[] here = [.. _bases.Where(one => one.Value is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).Select(one => (one.Key, one.Value.Value.Result))];
        long taken = here.Sum(one => one.Base.Bytes);
        foreach ((string id, LoadedBase idle) in here.Where(one => one.Base.IsIdle).OrderBy(one => one.Base.LastLent))
        {
            if (taken + bytes <= memory.Bytes) return;
            Forget(id);
            taken -= idle.Bytes;
        }
    }

    // What failed to load may load the next time: a file can be mended.
    private async Task<LoadedBase> BaseAsync(ModelDocument root)
    {
        Lazy<Task<LoadedBase>> loading = _bases.GetOrAdd(root.Id, _ => new(() => Task.Run(() => Load(root))));
        try
        {
            return await loading.Value;
        }
        catch
        {
            _bases.TryRemove(KeyValuePair.Create(root.Id, loading));
            throw;
        }
    }

    private string PathOf(ModelDocument model) => Path.Combine(folders.Root, model.Path);
}

/// <summary>How much memory idle bases may fill together, in bytes.</summary>
public sealed record ServingMemory(long Bytes)
{
    /// <summary>Two thirds of the machine: a training beside it needs the rest.</summary>
    public static ServingMemory OfMachine => new(ModelMemory.OfMachine / 3 * 2);
}
