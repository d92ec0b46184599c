using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Models;

/// <summary>A tensor as it lies in a checkpoint: itself, or a run of numbers within one that holds all experts of a layer.</summary>
/// <param name="Tensor">The checkpoint's own name for it.</param>
/// <param name="Start">Where its numbers begin.</param>
internal sealed record StoredPart(string Tensor, long Start, IReadOnlyList<long> Shape);

/// <summary>Finds a family's tensor under the spellings that checkpoints are written in. Opens no file.</summary>
/// <param name="shapeOf">The shape of a tensor by the checkpoint's own name; null where there is none.</param>
internal sealed partial class StoredNames(WeightNames names, Func<string, IReadOnlyList<long>?> shapeOf)
{
    private readonly ConcurrentDictionary<string, StoredPart?> _found = new(StringComparer.Ordinal);

    /// <summary>Where the tensor lies, or null.</summary>
    public StoredPart? Of(string name) => _found.GetOrAdd(name, wanted => Spellings(wanted).Select(Whole).Concat(Spellings(wanted).Select(OfExperts)).FirstOrDefault(part => part is not null));

    private StoredPart? Whole(string name) => shapeOf(name) is { } shape ? new StoredPart(name, 0, shape) : null;

    // transformers 5 holds a layer's experts in two tensors, gate above up: [experts, 2 * inner, width] and [experts, width, inner].
    private StoredPart? OfExperts(string name)
    {
        if (ExpertName().Match(name) is not { Success: true } parts) return null;
        bool down = parts.Groups["part"].Value is "down_proj" or "w2", up = parts.Groups["part"].Value is "up_proj" or "w3";
        string tensor = $"{parts.Groups["layer"].Value}.experts.{(down ? "down_proj" : "gate_up_proj")}";
        if (shapeOf(tensor) is not [long experts, long rows, long columns] || !long.TryParse(parts.Groups["expert"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long expert) || expert >= experts) return null;
        long own = down ? rows : rows / 2;
        return new StoredPart(tensor, (expert * rows + (up ? own : 0)) * columns, [own, columns]);
    }

    private IEnumerable<string> Spellings(string name)
    {
        yield return name;
        if (names.Optional.Length > 0 && name.StartsWith(names.Optional, StringComparison.Ordinal)) yield return name[names.Optional.Length..];
        // A text model beside one for pictures, as transformers 4 and 5 write it.
        yield return $"language_model.{name}";
        if (name.StartsWith("model.", StringComparison.Ordinal)) yield return $"model.language_model.{name["model.".Length..]}";
        // Mixtral as transformers 5 calls it within.
        if (name.Contains(".block_sparse_moe.", StringComparison.Ordinal)) yield return name.Replace(".block_sparse_moe.", ".mlp.", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A(?<layer>.+)\.experts\.(?<expert>[0-9]{1,6})\.(?<part>gate_proj|up_proj|down_proj|w1|w2|w3)\.weight\z", RegexOptions.CultureInvariant)]
    private static partial Regex ExpertName();
}
