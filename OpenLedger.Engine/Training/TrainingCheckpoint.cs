using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Training;

/// <summary>A moment of a run on disk, whole or not at all: adapter, both moments, state. Knows nothing of how a step is made.</summary>
/// <remarks>The seal names the hash of every other file; a checkpoint whose files differ from it is passed over for the one before.</remarks>
public sealed class TrainingCheckpoint
{
    private const string OptimizerName = "optimizer.safetensors", StateName = "state.json", SealName = "seal.json";

    // One to go on from, one to fall back on.
    private const int Kept = 2;

    private TrainingCheckpoint(string folder, TrainingState state) => (Folder, State) = (folder, state);

    /// <summary>Where its files lie; PEFT's adapter files are among them.</summary>
    public string Folder { get; }

    /// <summary>How far the run had come.</summary>
    public TrainingState State { get; }

    /// <summary>Gives an optimiser this checkpoint's moments.</summary>
    public void Restore(AdamW optimizer) => OptimizerFile.Restore(Path.Combine(Folder, OptimizerName), optimizer);

    /// <summary>Writes a checkpoint under <paramref name="parent"/> and lets all but the newest two go.</summary>
    /// <param name="transposed">Whether the base stores its linears as [in, out].</param>
    public static void Write(string parent, TrainingState state, LoraWeights adapter, AdamW optimizer, string baseName, bool transposed)
    {
        Directory.CreateDirectory(parent);
        AtomicFolder.Write(Path.Combine(parent, NameOf(state.Step)), folder =>
        {
            AdapterFile.Write(folder, adapter, baseName, transposed);
            OptimizerFile.Write(Path.Combine(folder, OptimizerName), optimizer);
            File.WriteAllBytes(Path.Combine(folder, StateName), CanonicalJson.SerializeToUtf8(state));
            File.WriteAllBytes(Path.Combine(folder, SealName), CanonicalJson.SerializeToUtf8(SealOf(folder)));
        });
        foreach (string old in Folders(parent).Skip(Kept)) Directory.Delete(old, recursive: true);
    }

    /// <summary>The newest whole checkpoint under <paramref name="parent"/>, or null when there is none.</summary>
    public static TrainingCheckpoint? Latest(string parent)
    {
        AtomicFolder.RemoveLeftovers(parent);
        return Folders(parent).Where(IsWhole).Select(Open).FirstOrDefault();
    }

    private static TrainingCheckpoint Open(string folder) =>
        new(folder, CanonicalJson.Read<TrainingState>(File.ReadAllText(Path.Combine(folder, StateName))));

    private static string NameOf(int step) => string.Create(CultureInfo.InvariantCulture, $"step-{step:D7}");

    private static IEnumerable<string> Folders(string parent) =>
        Directory.Exists(parent) ? Directory.GetDirectories(parent, "step-*").OrderByDescending(folder => folder, StringComparer.Ordinal) : [];

    private static SortedDictionary<string, Sha256Hash> SealOf(string folder)
    {
        SortedDictionary<string, Sha256Hash> seal = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != SealName))
        {
            using FileStream stream = File.OpenRead(file);
            seal.Add(Path.GetFileName(file), Sha256Hash.FromDigest(SHA256.HashData(stream)));
        }
        return seal;
    }

    private static bool IsWhole(string folder)
    {
        string path = Path.Combine(folder, SealName);
        if (!File.Exists(path)) return false;
        byte[] seal = File.ReadAllBytes(path);
        return seal.AsSpan().SequenceEqual(CanonicalJson.SerializeToUtf8(SealOf(folder)));
    }
}
