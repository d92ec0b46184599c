using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>Makes one adapter of several over the same base, number by number as PEFT's <c>add_weighted_adapter</c> does. Knows no files.</summary>
public sealed class MergeAdapters
{
    private readonly IReadOnlyList<MergeSource> _sources;
    private readonly MergeOptions _options;
    private readonly DareMask _mask;
    private readonly int _rank;

    private MergeAdapters(IReadOnlyList<MergeSource> sources, MergeOptions options, DareMask mask) =>
        (_sources, _options, _mask, _rank) = (sources, options, mask, MergedConfig.RankOf(sources, options));

    /// <summary>Merges; the result is the caller's.</summary>
    /// <param name="mask">What DARE keeps; null draws it from the seed.</param>
    /// <exception cref="AdapterException">The adapters do not go together by this method; the message says which method would do.</exception>
    public static LoraWeights Merge(IReadOnlyList<MergeSource> sources, MergeOptions options, DareMask? mask = null)
    {
        if (sources.Count == 1) options = options with { Method = MergeMethod.Linear };   // as PEFT
        options.Check();
        foreach (MergeSource source in sources) MergeRules.RequireMergeable(source);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        using Generator random = new((ulong)options.Seed, CPU);
        MergeRules.RequireRank(MergedConfig.RankOf(sources, options));
        MergeAdapters merge = new(sources, options, mask ?? SeededMask.Of(random, options.Density));
        string[] modules = [.. sources.SelectMany(source => source.Adapter.Pairs.Keys).Distinct()];
        LoraConfig config = MergedConfig.For(sources, options, merge._rank, modules);
        Dictionary<string, LoraPair> pairs = modules.ToDictionary(module => module, module => merge.Module(module, config), StringComparer.Ordinal);
        return new LoraWeights(config, pairs) { EmbeddingModule = sources.Select(source => source.Adapter.EmbeddingModule).FirstOrDefault(name => name is not null) };
    }

    private LoraPair Module(string module, LoraConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        Part[] parts = [.. _sources.Select((source, i) => (Has: source.Adapter.TryGet(module, out LoraPair? pair), Pair: pair, source.Weight, i))
            .Where(one => one.Has).Select(one => new Part(one.i, one.Pair!.A.detach().to(float32), one.Pair.B.detach().to(float32), one.Weight, one.Pair.Scale))];
        (Tensor a, Tensor b) = _options.Method == MergeMethod.Concatenate ? SideBySide(parts) : _options.Method.IsWhole() ? ByUpdates(module, parts) : ByFactors(module, parts);
        return new LoraPair(a.MoveToOuterDisposeScope(), b.MoveToOuterDisposeScope(), config.ScaleFor(module));
    }

    // [s1*A1; s2*A2] and [B1, B2]: their product is the weighted sum of the products.
    private (Tensor A, Tensor B) SideBySide(Part[] parts) =>
        Padded(cat([.. parts.Select(part => part.A * (float)(part.Weight * part.Scale))], 0), cat([.. parts.Select(part => part.B)], 1));

    private (Tensor A, Tensor B) ByFactors(string module, Part[] parts)
    {
        MergeRules.RequireOneRank(module, [.. parts.Select(part => part.A.shape[0])], _options.Method);
        // The sign of a weight goes to A alone: in both factors it would cancel.
        double[] roots = [.. parts.Select(part => Math.Sqrt(Math.Abs(part.Weight * part.Scale)))];
        double[] signed = [.. parts.Select((part, i) => Math.CopySign(roots[i], part.Weight * part.Scale))];
        Tensor[] a = [.. parts.Select(part => part.A)], b = [.. parts.Select(part => part.B)];
        Tensor[]? masksOfA = Masks(module, MergeMatrix.A, parts, a), masksOfB = Masks(module, MergeMatrix.B, parts, b);
        return Padded(TaskVectors.Combine(_options, a, signed, masksOfA), TaskVectors.Combine(_options, b, roots, masksOfB));
    }

    private (Tensor A, Tensor B) ByUpdates(string module, Part[] parts)
    {
        Tensor[] updates = [.. parts.Select(part => part.B.mm(part.A) * (float)part.Scale)];   // [out, in]
        Tensor whole = TaskVectors.Combine(_options, updates, [.. parts.Select(part => part.Weight)], Masks(module, MergeMatrix.Whole, parts, updates));
        (Tensor u, Tensor s, Tensor v) = linalg.svd(whole, fullMatrices: false);
        long kept = Math.Min(_rank, s.shape[0]);
        return Padded(v.narrow(0, 0, kept), u.narrow(1, 0, kept) * s.narrow(0, 0, kept));
    }

    private Tensor[]? Masks(string module, MergeMatrix matrix, Part[] parts, Tensor[] of) => _options.Method.Draws() && _options.Density < 1
        ? [.. parts.Select((part, i) => _mask(module, matrix, part.Source, of[i].shape).to(float32))]
        : null;

    // A module that not every adapter has still gets the rank that the configuration says: rows of zeros change nothing.
    private (Tensor A, Tensor B) Padded(Tensor a, Tensor b)
    {
        long missing = _rank - a.shape[0];
        return missing <= 0 ? (a.contiguous(), b.contiguous()) : (cat([a, zeros(missing, a.shape[1])], 0), cat([b, zeros(b.shape[0], missing)], 1));
    }

    private sealed record Part(int Source, Tensor A, Tensor B, double Weight, double Scale);
}
