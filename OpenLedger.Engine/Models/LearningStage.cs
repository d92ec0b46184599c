using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Models;

/// <summary>One stage of a pass that is learned through: the embedding, a layer, the last norm.</summary>
/// <param name="Read">Input to output, without gradients.</param>
/// <param name="Learn">Input to output and the way back.</param>
internal sealed record LearningStage(Func<Tensor, Tensor> Read, Func<Tensor, LearnedPart> Learn);
