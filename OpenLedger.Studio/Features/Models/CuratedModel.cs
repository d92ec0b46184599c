namespace OpenLedger.Studio.Features.Models;

/// <summary>A small open model that is known to work here, as its makers publish it. Sizes are of the files that an import takes. Knows nothing of this machine.</summary>
/// <param name="Repository">On the public hub.</param>
/// <param name="Bytes">What is downloaded, in bytes.</param>
/// <param name="Parameters">Numbers in its weights.</param>
/// <param name="Licence">As its makers name it.</param>
/// <param name="IsGated">Its makers want to know who takes it: terms to accept, and a token.</param>
/// <param name="Note">What it is good for, in a few words.</param>
public sealed record CuratedModel(string Repository, string Name, long Bytes, long Parameters, string Licence, bool IsGated, string Note)
{
    /// <summary>From the smallest on; the last ones suit larger machines.</summary>
    public static IReadOnlyList<CuratedModel> All { get; } =
    [
        new("openai-community/gpt2", "GPT-2 124M", 550_000_000, 124_439_808, "MIT", false, "The classic; goes on with a text, was never taught to chat"),
        new("google/gemma-3-270m-it", "Gemma 3 270M", 570_000_000, 268_098_176, "Gemma terms", true, "Very small, many languages"),
        new("HuggingFaceTB/SmolLM2-360M-Instruct", "SmolLM2 360M Instruct", 726_000_000, 361_821_120, "Apache-2.0", false, "The starter's larger sister"),
        new("Qwen/Qwen2.5-0.5B-Instruct", "Qwen2.5 0.5B Instruct", 1_000_000_000, 494_032_768, "Apache-2.0", false, "Small, many languages, long context"),
        new("bigscience/bloom-560m", "BLOOM 560M", 1_134_000_000, 559_214_592, "BLOOM RAIL 1.0", false, "46 languages; goes on with a text"),
        new("Qwen/Qwen3-0.6B", "Qwen3 0.6B", 1_515_000_000, 751_632_384, "Apache-2.0", false, "Thinks aloud before it answers"),
        new("TinyLlama/TinyLlama-1.1B-Chat-v1.0", "TinyLlama 1.1B Chat", 2_202_000_000, 1_100_048_384, "Apache-2.0", false, "LLaMA 2's shape, small"),
        new("Qwen/Qwen2.5-1.5B-Instruct", "Qwen2.5 1.5B Instruct", 3_098_000_000, 1_543_714_304, "Apache-2.0", false, "A good middle"),
        new("tiiuae/Falcon3-1B-Instruct", "Falcon3 1B Instruct", 3_342_000_000, 1_669_408_768, "Falcon licence 2.0", false, "English, French, Spanish, Portuguese"),
        new("HuggingFaceTB/SmolLM2-1.7B-Instruct", "SmolLM2 1.7B Instruct", 3_425_000_000, 1_711_376_384, "Apache-2.0", false, "The starter's largest sister"),
        new("deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B", "DeepSeek R1 Distill 1.5B", 3_561_000_000, 1_777_088_000, "MIT", false, "Reasons step by step"),
        new("mistralai/Mistral-7B-Instruct-v0.3", "Mistral 7B Instruct", 14_500_000_000, 7_248_023_552, "Apache-2.0", false, "For a machine with much memory"),
    ];
}
