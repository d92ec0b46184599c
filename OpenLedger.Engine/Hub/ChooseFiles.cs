using System.Globalization;
using System.Text.RegularExpressions;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Hub;

/// <summary>Picks from the files of a repository or a folder those that a model needs, and no others: safetensors with what explains them, else one GGUF. Never pickle. Opens none.</summary>
public static partial class ChooseFiles
{
    private const string Words = "tokenizer.json", PieceWords = "tokenizer.model";

    private static readonly string[] Small = ["config.json", "generation_config.json", "tokenizer_config.json", Words, "chat_template.jinja", "LICENSE", "LICENSE.txt", "LICENSE.md"];
    private static readonly string[] Pieces = [PieceWords, "added_tokens.json", "special_tokens_map.json"];
    private static readonly string[] Pickles = [".bin", ".pt", ".pth", ".ckpt", ".pkl", ".msgpack", ".h5", ".ot"];

    // Weights are widened to float32 in memory whatever the file holds, so the most exact of the small files comes first.
    private static readonly string[] Preferred = ["Q8_0", "Q6_K", "F16", "BF16", "Q5_K_M", "Q5_K_S", "Q5_1", "Q5_0", "Q4_K_M", "Q4_K_S", "Q4_1", "Q4_0", "IQ4_NL", "IQ4_XS", "Q3_K", "Q2_K", "F32"];

    /// <param name="subject">What they are the files of, as a sentence begins: "'owner/name'", "This choice".</param>
    /// <param name="files">All files.</param>
    /// <param name="gguf">The GGUF file that a person chose, or null.</param>
    /// <exception cref="HubException">Nothing there can be read here; the message says what was found and what is read.</exception>
    public static (HubFormat Format, IReadOnlyList<HubFile> Files, IReadOnlyList<HubFile> Others) From(string subject, IReadOnlyList<HubFile> files, string? gguf)
    {
        HubFile[] plain = [.. files.Where(file => file.IsPlain)];
        HubFile[] ggufs = [.. plain.Where(file => file.EndsWith(".gguf") && !NotAModel().IsMatch(file.Name) && !UnreadType().IsMatch(file.Name) && (!GgufParts.IsPart(file.Name) || GgufParts.IsFirst(file.Name)) && IsWhole(file, plain)).OrderBy(RankOf).ThenBy(file => file.Name, StringComparer.Ordinal)];
        HubFile[] weights = Safetensors(plain, subject);
        if (gguf is null && weights.Length > 0) return (HubFormat.Safetensors, Folder(plain, weights, subject), []);
        HubFile chosen = (gguf is null ? ggufs.FirstOrDefault() : ggufs.FirstOrDefault(file => file.Name == gguf)) ?? throw Nothing(subject, plain, gguf);
        return (HubFormat.Gguf, [.. plain.Where(file => file.Name.StartsWith("LICENSE", StringComparison.Ordinal)).Take(1), .. SetOf(chosen, plain)], [.. ggufs.Where(file => file != chosen).Select(file => file with { Size = SizeOf([.. SetOf(file, plain)]) })]);
    }

    // A model in several files is chosen by the first of them.
    private static IEnumerable<HubFile> SetOf(HubFile first, HubFile[] plain) => GgufParts.Set(first.Name).Select(name => plain.First(file => file.Name == name));

    // Unknown where one part's is.
    private static long? SizeOf(HubFile[] parts) => parts.All(part => part.Size is not null) ? parts.Sum(part => part.Size) : null;

    private static bool IsWhole(HubFile first, HubFile[] plain) => GgufParts.Set(first.Name).All(name => plain.Any(file => file.Name == name));

    private static HubFile[] Folder(HubFile[] plain, HubFile[] weights, string subject)
    {
        if (plain.All(file => file.Name != "config.json")) throw Unsupported($"{subject} has safetensors but no config.json, so that nobody can tell what they are");
        bool whole = plain.Any(file => file.Name == Words);
        if (!whole && plain.All(file => file.Name != PieceWords)) throw Unsupported($"{subject} has no tokenizer.json and no tokenizer.model. A GGUF of the same model carries its vocabulary and can be imported");
        return [.. Small.Concat(whole ? [] : Pieces).Select(name => plain.FirstOrDefault(file => file.Name == name)).OfType<HubFile>(), .. weights]; // tokenizer.json says all by itself
    }

    // One file where there is one; else the shards, which their own names count.
    private static HubFile[] Safetensors(HubFile[] plain, string subject)
    {
        if (plain.FirstOrDefault(file => file.Name == "model.safetensors") is HubFile single) return [single];
        HubFile[] shards = [.. plain.Where(file => Shard().IsMatch(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal)];
        if (shards.Length == 0) return [];
        int count = int.Parse(Shard().Match(shards[0].Name).Groups["count"].Value, CultureInfo.InvariantCulture);
        if (shards.Length != count) throw Unsupported($"{subject} has {shards.Length} of {count} weight files, so it is not whole");
        return [plain.FirstOrDefault(file => file.Name == "model.safetensors.index.json") ?? throw Unsupported($"{subject} has its weights in {count} files but no model.safetensors.index.json that says which tensor is where"), .. shards];
    }

    private static HubException Nothing(string subject, HubFile[] plain, string? gguf)
    {
        if (gguf is not null) return Unsupported($"{subject} has no file '{gguf}' that can be read");
        if (plain.Any(file => file.Name is "adapter_config.json" or "adapter_model.safetensors")) return Unsupported($"{subject} is an adapter, not a base model. Import the base that it stands on");
        if (plain.FirstOrDefault(file => Pickles.Any(file.EndsWith)) is HubFile pickle) return Unsupported($"{subject} has its weights only as pickle or another program's files ({pickle.Name}). Opening a pickle can run a stranger's code, so it is never done; safetensors and GGUF are read");
        if (plain.Any(file => file.EndsWith(".gguf"))) return Unsupported($"{subject} has GGUF files, but only in sets that are not whole or in types that are not read; read are {string.Join(", ", Preferred)}");
        return Unsupported($"{subject} has no model at its top. Read are config.json with tokenizer.json or tokenizer.model and model.safetensors (or its numbered parts), or one GGUF file (or its numbered parts)");
    }

    private static HubException Unsupported(string fact) => new(HubFault.Unsupported, fact + ".");

    private static int RankOf(HubFile file)
    {
        int rank = Array.FindIndex(Preferred, type => file.Name.Contains(type, StringComparison.OrdinalIgnoreCase));
        return rank < 0 ? Preferred.Length : rank;
    }

    [GeneratedRegex(@"\Amodel-\d{5}-of-(?<count>\d{5})\.safetensors\z")]
    private static partial Regex Shard();

    // Vision parts and importance tables.
    [GeneratedRegex(@"mmproj|imatrix", RegexOptions.IgnoreCase)]
    private static partial Regex NotAModel();

    [GeneratedRegex(@"IQ[123]_|TQ[12]_|MXFP|NVFP|Q1_|Q4_0_\d", RegexOptions.IgnoreCase)]
    private static partial Regex UnreadType();
}
