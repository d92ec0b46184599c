using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Adapters;

/// <summary>
/// What a published adapter is made of, by hash: the record that Training hands to Serving. Its id is the hash of its canonical JSON.
/// </summary>
/// <param name="Version">Version of this record's form.</param>
/// <param name="Name">What people call it.</param>
/// <param name="BaseModel">The base's name, as PEFT's <c>base_model_name_or_path</c>.</param>
/// <param name="BaseHash">SHA-256 of the base's weights file.</param>
/// <param name="DatasetRoots">Merkle roots of the dataset versions it learned from, sorted.</param>
/// <param name="RecipeHash">SHA-256 of the training recipe's canonical JSON.</param>
/// <param name="WeightsHash">SHA-256 of <c>adapter_model.safetensors</c>.</param>
/// <param name="RowLogHash">Last hash of the chain that says which row was used in which step; null if none was kept.</param>
/// <param name="Metrics">Measured figures as text (<c>"evaluation loss": "2.1034"</c>), so that the bytes never depend on a float's printing.</param>
/// <param name="Parent">Id of the manifest that it was trained on from; null for a fresh adapter.</param>
/// <param name="Time">When it was made, unix milliseconds UTC.</param>
public sealed record AdapterManifest(
    int Version,
    string Name,
    string BaseModel,
    Sha256Hash BaseHash,
    IReadOnlyList<Sha256Hash> DatasetRoots,
    Sha256Hash RecipeHash,
    Sha256Hash WeightsHash,
    Sha256Hash? RowLogHash,
    IReadOnlyDictionary<string, string> Metrics,
    Sha256Hash? Parent,
    long Time)
{
    /// <summary>The version that this code writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Adapters that it was combined from; null for one that was trained. Left out of the record then, so that older ids stand.</summary>
    public IReadOnlyList<AdapterParent>? Parents { get; init; }

    /// <summary>SHA-256 of the canonical JSON: the record's id.</summary>
    [JsonIgnore]
    public Sha256Hash Id => CanonicalJson.HashOf(this);
}

/// <summary>One adapter that went into a combined one.</summary>
/// <param name="Manifest">Id of its manifest.</param>
/// <param name="Weight">How much it counts, as decimal digits, so that the bytes never depend on a float's printing.</param>
public sealed record AdapterParent(Sha256Hash Manifest, string Weight);
