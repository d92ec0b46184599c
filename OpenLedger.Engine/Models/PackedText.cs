using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Models;

/// <summary>One of several texts that stand one behind another in a row: where it begins, and how it is read as if it stood alone.</summary>
internal sealed record PackedText(long Start, Reading Reading)
{
    /// <summary>Its own part of [batch, heads, tokens, width].</summary>
    public Tensor Of(Tensor packed) => packed.narrow(2, Start, Reading.Tokens);
}
