using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Log-probabilities of texts' wanted tokens, with sums and means over each text's answer. Knows no model; its tensors belong to the scope they were made in.</summary>
/// <param name="Tokens">float32 [wanted].</param>
/// <param name="Text">int64 [wanted]: the text that each stands in.</param>
/// <param name="Answer">float32 [wanted]: 1 for an answer's token.</param>
/// <param name="Texts">How many texts there are.</param>
internal sealed record TokenScores(Tensor Tokens, Tensor Text, Tensor Answer, int Texts)
{
    /// <summary>The scores of these texts, in their order, as <see cref="RowBatch"/> lays them.</summary>
    public static TokenScores Of(IReadOnlyList<ScoredText> texts, Tensor tokens)
    {
        List<long> text = [];
        List<float> answer = [];
        for (int i = 0; i < texts.Count; i++)
        {
            for (int t = 1; t < texts[i].Row.Ids.Length; t++)
            {
                if (!texts[i].Row.Learned[t]) continue;
                text.Add(i);
                answer.Add(texts[i].Answer[t] ? 1 : 0);
            }
        }
        return new(tokens, tensor(text.ToArray(), device: tokens.device), tensor(answer.ToArray(), device: tokens.device), texts.Count);
    }

    /// <summary>By text: the answer's log-probability [texts].</summary>
    public Tensor Sums() => PerText(Tokens * Answer);

    /// <summary>By text: tokens of the answer [texts].</summary>
    public Tensor Lengths() => PerText(Answer);

    /// <summary>By text: the answer's log-probability a token [texts].</summary>
    public Tensor Means() => Sums() / Lengths();

    /// <summary>By text: the sum over every wanted token, the question's too.</summary>
    public Tensor WholeSums() => PerText(Tokens);

    private Tensor PerText(Tensor values) => zeros(Texts, device: values.device).index_add(0, Text, values, 1);
}
