using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>GGUF's architectures with layer norms, a plain feed-forward part and one projection for query, key and value: GPT-2, BLOOM, Falcon. Reads no weights.</summary>
internal static class GgufLayerNormFamilies
{
    /// <summary>The converter has turned GPT-2's weights, so that they are [out, in] as everywhere.</summary>
    public static (ModelConfig, WeightNames) Gpt2(GgufFile file, ModelConfig config) => (Plain(file, config) with
    {
        Positions = PositionKind.Learned,
        Rotary = null,
        Fused = FusedLayout.Blocks,
        Activation = Activation.GeluTanh,
    }, WeightNames.Gpt2);

    public static (ModelConfig, WeightNames) Bloom(GgufFile file, ModelConfig config) => (Plain(file, config) with
    {
        NormEmbedding = true,
        Positions = PositionKind.Alibi,
        Rotary = null,
        Fused = FusedLayout.Groups,
        Activation = Activation.GeluTanh,
    }, WeightNames.Bloom);

    /// <summary>Falcon as llama.cpp knows it: rotary and parallel, with one norm or two.</summary>
    public static (ModelConfig, WeightNames) Falcon(GgufFile file, ModelConfig config)
    {
        bool two = file.Find("blk.0.attn_norm_2.weight") is not null;
        return (Plain(file, config) with
        {
            Fused = FusedLayout.Groups,
            Activation = Activation.Gelu,
            Residual = ResidualShape.Parallel,
            TwoParallelNorms = two,
        }, two ? WeightNames.Falcon40 : WeightNames.FalconParallel);
    }

    private static ModelConfig Plain(GgufFile file, ModelConfig config) => config with
    {
        Norm = NormKind.Layer,
        NormEpsilon = file.Number($"{config.Family}.attention.layer_norm_epsilon") ?? 1e-5,
        Gated = false,
    };
}
