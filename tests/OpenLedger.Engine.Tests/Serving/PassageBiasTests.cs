using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Tests.Serving;

/// <summary>The bonus goes to what continues a passage and to nothing else; the contrast keeps to what passages make likely.</summary>
public class PassageBiasTests
{
    [Fact]
    public void Only_the_token_that_goes_on_with_a_passage_is_raised()
    {
        Tokenizer tokenizer = Tokenizer.FromJson(Fixture.Starter("models/SmolLM2-135M-Instruct/tokenizer.json"));
        PassageBias bias = new(tokenizer, ["The cell wall is rigid."]);
        int[] ids = tokenizer.Encode(" The cell wall is rigid.");
        float[] logits = new float[tokenizer.VocabularySize];
        bias.Apply(logits, [7, ids[1], ids[2]]);
        Assert.Equal(PassageBias.UsualBonus, logits[ids[3]]);
        Assert.Equal(1, logits.Count(logit => logit != 0));
        float[] untouched = new float[tokenizer.VocabularySize];
        bias.Apply(untouched, [ids[2], ids[1]]);
        Assert.All(untouched, logit => Assert.Equal(0, logit));
    }

    [Fact]
    public void The_contrast_raises_what_the_passages_add_among_what_they_make_likely()
    {
        float[] with = [5, 4, 1];
        new ContextContrast([1], 0.5f, 3).Apply(with, [5, 2, 9]);
        Assert.Equal([5, 5, float.NegativeInfinity], with);
    }
}
