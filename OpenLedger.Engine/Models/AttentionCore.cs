using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>Scaled dot-product attention with the variants of all families. Knows no weights and no cache.</summary>
/// <param name="Scale">What query-key products are multiplied by.</param>
/// <param name="Cap">Squashes scores to ±this; null for not.</param>
/// <param name="Window">How far back one sees; null for all.</param>
/// <param name="Slopes">ALiBi's slope of each head [1, heads, 1, 1]; null for none.</param>
internal sealed record AttentionCore(double Scale, double? Cap, int? Window, Tensor? Slopes)
{
    /// <summary>Falcon rounds slope times position to bfloat16 and scales it as the scores.</summary>
    /// <remarks>transformers' eager path, which made the reference numbers, adds it twice: once within the mask, once to the scores.</remarks>
    public bool SlopesAsFalcon { get; init; }

    /// <summary>[batch, heads, tokens, width], keys and values [batch, key heads, keys, width] to [batch, tokens, heads * value width].</summary>
    public Tensor Forward(Tensor queries, Tensor keys, Tensor values, Reading reading)
    {
        if (reading.Texts is not { } texts) return ForwardOne(queries, keys, values, reading);
        using DisposeScope scope = NewDisposeScope();
        // Text by text rather than under a block-diagonal mask: nothing is computed that the mask would throw away.
        Tensor[] parts = [.. texts.Select(text => ForwardOne(text.Of(queries), text.Of(keys), text.Of(values), text.Reading))];
        return cat(parts, 1).MoveToOuterDisposeScope();
    }

    private Tensor ForwardOne(Tensor queries, Tensor keys, Tensor values, Reading reading)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = queries.shape[0], heads = queries.shape[1], tokens = queries.shape[2], group = heads / keys.shape[1];
        Tensor mixed;   // [batch, heads, tokens, value width]
        if (Cap is null && tokens == 1 && group > 1 && Slopes is null)
        {
            // One token: the heads that share a key stand as its queries, so that keys need no copies.
            Tensor grouped = queries.view(batch, keys.shape[1], group, queries.shape[3]);
            mixed = Fused(grouped, keys, values, reading.Mask(Window), causal: false).reshape(batch, heads, 1, values.shape[3]);
        }
        else if (Cap is null && Slopes is null && reading.IsCausal(Window) && queries.requires_grad && group > 1)
        {
            // Each share of the heads beside the keys it shares: on the way back no copies of keys have to be kept.
            Tensor apart = queries.view(batch, keys.shape[1], group, tokens, queries.shape[3]);
            mixed = stack([.. Enumerable.Range(0, (int)group).Select(one => Fused(apart.select(2, one), keys, values, null, causal: true))], 2).flatten(1, 2);
        }
        else
        {
            (Tensor k, Tensor v) = (Repeated(keys, group), Repeated(values, group));
            bool causal = Cap is null && Slopes is null && reading.IsCausal(Window);
            Tensor? mask = causal ? null : Biased(reading);
            mixed = Cap is { } cap ? Capped(queries, k, v, mask, cap) : Fused(queries, k, v, mask, causal);
        }
        return mixed.transpose(1, 2).reshape(batch, tokens, -1).MoveToOuterDisposeScope();
    }

    private Tensor Fused(Tensor queries, Tensor keys, Tensor values, Tensor? mask, bool causal)
    {
        double usual = 1 / Math.Sqrt(queries.shape[3]);   // what the kernel multiplies by itself
        Tensor scaled = Math.Abs(Scale - usual) < 1e-12 ? queries : queries * (Scale / usual);
        return nn.functional.scaled_dot_product_attention(scaled, keys, values, mask, 0, causal);
    }

    private Tensor Capped(Tensor queries, Tensor keys, Tensor values, Tensor? mask, double cap)
    {
        long batch = queries.shape[0], heads = queries.shape[1];
        Tensor scores = queries.flatten(0, 1).bmm(keys.flatten(0, 1).transpose(1, 2)).mul(Scale / cap).tanh().mul(cap);
        scores = scores.unflatten(0, [batch, heads]);
        if (mask is not null) scores = scores + mask;
        return scores.softmax(-1).flatten(0, 1).bmm(values.flatten(0, 1)).unflatten(0, [batch, heads]);
    }

    private Tensor? Biased(Reading reading)
    {
        Tensor? mask = reading.Mask(Window);
        if (Slopes is null) return mask;
        return reading.Once(("biased", Window, Scale), () =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor bias = SlopesAsFalcon
                ? Slopes.bfloat16().mul(reading.KeyPositions().bfloat16()).to(float32) * (2 * Scale)
                : Slopes * reading.KeyPositions();   // [1 or batch, heads, 1, keys]
            return (mask is null ? bias : bias + mask).MoveToOuterDisposeScope();
        });
    }

    private static Tensor Repeated(Tensor shared, long group)
    {
        if (group == 1) return shared;
        long[] s = shared.shape;
        return shared.unsqueeze(2).expand(s[0], s[1], group, s[2], s[3]).reshape(s[0], s[1] * group, s[2], s[3]);
    }
}
