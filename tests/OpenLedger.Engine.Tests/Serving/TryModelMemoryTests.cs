using OpenLedger.Engine.Models;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tests.Hub;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Serving;

[Collection(TensorCounting.Name)]
public class TryModelMemoryTests
{
    [Fact]
    public async Task A_trial_gives_all_memory_back_whether_the_model_is_taken_or_refused()
    {
        string folder = Directory.CreateTempSubdirectory("openledger-try-").FullName;
        TinyModelFolder.Write(folder, Fixture.Path("families/llama"));
        long before = TensorCounting.Settled();
        await TryModel.RunAsync(folder, TimeProvider.System, TestContext.Current.CancellationToken);
        File.Copy(Fixture.Path("tokenizers/llama2_legacy/tokenizer.json"), Path.Combine(folder, "tokenizer.json"), overwrite: true);
        await Assert.ThrowsAsync<ModelException>(() => TryModel.RunAsync(folder, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(before, TensorCounting.Now);
        Directory.Delete(folder, recursive: true);
    }
}
