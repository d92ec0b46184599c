using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Models;

[Collection(TensorCounting.Name)]
public class LanguageModelMemoryTests
{
    [Fact]
    public void Passes_leave_no_tensor_behind()
    {
        using LanguageModel model = LanguageModelTests.Llama();
        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(4, 8, 0, [LoraConfig.AllLinear]), model.Linears, 1, CPU);
        using KvCache cache = model.NewCache();
        Read(model, cache, adapter);
        long before = Live();
        for (int i = 0; i < 20; i++) Read(model, cache, adapter);
        Assert.Equal(before, Live());
    }

    [Fact]
    public void A_model_that_is_disposed_leaves_no_tensor_behind()
    {
        LanguageModelTests.Llama().Dispose();
        long before = Live();
        LanguageModel model = LanguageModelTests.Llama();
        KvCache cache = model.NewCache();
        Read(model, cache, null);
        cache.Dispose();
        model.Dispose();
        Assert.Equal(before, Live());
    }

    private static void Read(LanguageModel model, KvCache cache, LoraWeights? adapter)
    {
        using DisposeScope scope = NewDisposeScope();
        model.Logits(model.Hidden(tensor(new long[] { 1, 2, 3 }, [1, 3], int64), cache, adapter), adapter);
    }

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
