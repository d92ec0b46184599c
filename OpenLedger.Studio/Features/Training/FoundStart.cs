using System.Security.Cryptography;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Training;

/// <summary>An adapter that was found, with all that whoever goes on from it or talks to it must know. Asks nobody whether they may.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Folder">Where its files lie now; a checkpoint's may go.</param>
/// <param name="Config">The adapter's shape, which the run keeps.</param>
/// <param name="BaseId">The base under it, which the run keeps.</param>
/// <param name="VersionIds">What it and all before it learned from: its rows' contributors are paid for the new adapter too.</param>
/// <param name="Roots">The Merkle roots of those that are here.</param>
/// <param name="Licence">The licences that it carries beside its base's and its rows'; null where there are none.</param>
/// <param name="Adapter">Its model document; null where it is a moment of a run.</param>
/// <param name="Manifest">Id of its manifest; null where it has none.</param>
public sealed record FoundStart(
    string Name, string Folder, LoraConfig Config, string BaseId, IReadOnlyList<string> VersionIds, IReadOnlyList<Sha256Hash> Roots, string? Licence, ModelDocument? Adapter, Sha256Hash? Manifest)
{
    /// <summary>The moment as its folder is named: one adapter for good, also where it was found as the best one so far.</summary>
    internal string Moment => Path.GetFileName(Folder);

    /// <summary>Copies its files and writes beside them what they are and which rows they learned from. The hash is the copy's: what it is copied from may change or go meanwhile.</summary>
    internal void CopyTo(string folder, IReadOnlyList<string> rows)
    {
        foreach (string file in new[] { AdapterFile.WeightsName, AdapterConfigJson.FileName }) File.Copy(Path.Combine(Folder, file), Path.Combine(folder, file));
        using FileStream weights = File.OpenRead(Path.Combine(folder, AdapterFile.WeightsName));
        TrainingParent parent = new(Sha256Hash.FromDigest(SHA256.HashData(weights)), Manifest, Roots);
        KeptStart kept = new(Name, parent, VersionIds, [.. rows.Order(StringComparer.Ordinal)], Licence);
        File.WriteAllBytes(Path.Combine(folder, KeptStart.FileName), CanonicalJson.SerializeToUtf8(kept));
    }
}
