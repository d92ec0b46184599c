using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One layer of a BERT encoder (Devlin et al. 2019, arXiv 1810.04805): attention and feed-forward, each normalised after its residual. Knows nothing of words.</summary>
internal sealed class BertLayer(BertWeights weights, int index, BertConfig config)
{
    private readonly Tensor _qkvWeight = weights.Join($"encoder.layer.{index}.attention.self.{{0}}.weight", "query", "key", "value");   // [3 width, width]
    private readonly Tensor _qkvBias = weights.Join($"encoder.layer.{index}.attention.self.{{0}}.bias", "query", "key", "value");       // [3 width]
    private readonly Tensor _outWeight = weights.Get($"encoder.layer.{index}.attention.output.dense.weight", config.Width, config.Width);
    private readonly Tensor _outBias = weights.Get($"encoder.layer.{index}.attention.output.dense.bias", config.Width);
    private readonly Tensor _upWeight = weights.Get($"encoder.layer.{index}.intermediate.dense.weight", config.Inner, config.Width);
    private readonly Tensor _upBias = weights.Get($"encoder.layer.{index}.intermediate.dense.bias", config.Inner);
    private readonly Tensor _downWeight = weights.Get($"encoder.layer.{index}.output.dense.weight", config.Width, config.Inner);
    private readonly Tensor _downBias = weights.Get($"encoder.layer.{index}.output.dense.bias", config.Width);
    private readonly BertNorm _attentionNorm = new(weights, $"encoder.layer.{index}.attention.output.LayerNorm", config);
    private readonly BertNorm _outputNorm = new(weights, $"encoder.layer.{index}.output.LayerNorm", config);

    /// <summary>[batch, tokens, width] to the same shape.</summary>
    /// <param name="hidden">What the layer below made.</param>
    /// <param name="mask">Zero where a token may be looked at and minus infinity where it is padding, [batch, 1, 1, tokens]; null without padding.</param>
    public Tensor Forward(Tensor hidden, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        Tensor attended = _attentionNorm.Of(hidden + Attend(hidden, mask));
        Tensor inner = nn.functional.gelu(nn.functional.linear(attended, _upWeight, _upBias));   // [batch, tokens, inner]
        return _outputNorm.Of(attended + nn.functional.linear(inner, _downWeight, _downBias)).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor hidden, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        long batch = hidden.shape[0], tokens = hidden.shape[1];
        Tensor qkv = nn.functional.linear(hidden, _qkvWeight, _qkvBias)
            .view(batch, tokens, 3, config.Heads, config.Width / config.Heads).permute(2, 0, 3, 1, 4);      // [3, batch, heads, tokens, head]
        Tensor mixed = nn.functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], mask!);           // [batch, heads, tokens, head]
        return nn.functional.linear(mixed.transpose(1, 2).reshape(batch, tokens, config.Width), _outWeight, _outBias).MoveToOuterDisposeScope();
    }
}
