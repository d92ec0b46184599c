using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>What a GGUF file's settings mean, by llama.cpp's rules (<c>llama-model.cpp</c>).</summary>
public class GgufFamiliesConfigTests
{
    [Fact]
    public void A_factor_without_a_type_stretches_linearly_under_its_old_name_too()
    {
        Assert.Equal(new RotaryScaling.Linear(4), Scaling(KeyValuePair.Create<string, object>("llama.rope.scaling.factor", 4f)));
        Assert.Equal(new RotaryScaling.Linear(2), Scaling(KeyValuePair.Create<string, object>("llama.rope.scale_linear", 2f)));
        Assert.Null(Scaling(KeyValuePair.Create<string, object>("llama.rope.scaling.type", "none"), KeyValuePair.Create<string, object>("llama.rope.scaling.factor", 4f)));
    }

    [Fact]
    public void Yarns_own_figures_count()
    {
        RotaryScaling.Yarn yarn = Assert.IsType<RotaryScaling.Yarn>(Scaling(
            KeyValuePair.Create<string, object>("llama.rope.scaling.type", "yarn"), KeyValuePair.Create<string, object>("llama.rope.scaling.factor", 4f), KeyValuePair.Create<string, object>("llama.rope.scaling.original_context_length", 128u),
            KeyValuePair.Create<string, object>("llama.rope.scaling.attn_factor", 0.5f), KeyValuePair.Create<string, object>("llama.rope.scaling.yarn_beta_fast", 16f)));
        Assert.Equal((4.0, 16.0, 1.0, 128.0), (yarn.Factor, yarn.BetaFast, yarn.BetaSlow, yarn.OriginalPositions));
        Assert.Equal(0.5 * (0.1 * Math.Log(4) + 1), yarn.AttentionFactor, 6);
    }

    private static RotaryScaling? Scaling(params KeyValuePair<string, object>[] more)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("openledger-gguf-").FullName, "model.gguf");
        using (GgufFile file = GgufFile.Open(Fixture.Path("gguf/llama-q4_k_m-mix.gguf")))
        {
            GgufWriter.Write(path, [.. file.Metadata.Where(entry => !entry.Key.Contains(".rope.scaling", StringComparison.Ordinal)), .. more],
                [.. file.Tensors.Select(tensor => new GgufEntry(tensor.Name, GgufType.F32, tensor.Shape, () => file.Dequantize(tensor.Name)))], TestContext.Current.CancellationToken);
        }
        RotaryScaling? scaling = LanguageModel.ReadConfig(path).Rotary!.Scaling;
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return scaling;
    }
}
