using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;

namespace OpenLedger.Engine.Tests.Serving;

/// <summary>A receipt has one form: it comes back from its text, and whatever changes changes its id.</summary>
public class InferenceReceiptTests
{
    private static readonly GenerationSummary Summary = new(FinishReason.Stop, [5, 6], 12, 0, 3, 9_007_199_254_740_991, TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(120));

    [Fact]
    public void It_comes_back_from_its_canonical_text()
    {
        InferenceReceipt receipt = Make("prompt", "answer");
        InferenceReceipt read = CanonicalJson.Read<InferenceReceipt>(CanonicalJson.Serialize(receipt));
        Assert.Equal(receipt.Id, read.Id);
        Assert.Equal((12, 3, 9_007_199_254_740_991L), (read.TokensIn, read.TokensOut, read.Sampling.Seed!.Value));
        Assert.Equal(Sha256Hash.Of("answer"u8), read.OutputHash);
    }

    [Fact]
    public void Another_answer_or_price_has_another_id_and_the_base_is_the_parent_without_an_adapter()
    {
        InferenceReceipt receipt = Make("prompt", "answer");
        Assert.NotEqual(receipt.Id, Make("prompt", "answer.").Id);
        Assert.NotEqual(receipt.Id, (receipt with { Fee = receipt.Fee with { Platform = 4 } }).Id);
        Assert.Equal(receipt.BaseHash, receipt.Parent);
    }

    private static InferenceReceipt Make(string prompt, string output) =>
        InferenceReceipt.Of(Sha256Hash.Of("base"u8), new GenerationRequest([1]), prompt, output, Summary, new ReceiptFee(1, 2, 3), [], 1_700_000_000_000);
}
