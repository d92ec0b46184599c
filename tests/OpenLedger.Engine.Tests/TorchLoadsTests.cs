using TorchSharp;

namespace OpenLedger.Engine.Tests;

/// <summary>The native library loads on this machine: the build's ELF fix, tested by the first tensor.</summary>
public class TorchLoadsTests
{
    [Fact]
    public void A_tensor_can_be_made_and_read()
    {
        using torch.Tensor two = torch.ones(2).add(1);
        Assert.Equal([2f, 2f], two.data<float>().ToArray());
    }
}
