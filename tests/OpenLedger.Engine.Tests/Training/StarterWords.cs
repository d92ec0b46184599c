using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>The starter model's tokenizer and chat template, as its own file has them.</summary>
internal sealed record StarterWords(Tokenizer Tokenizer, ChatTemplate Template)
{
    public static string ModelPath => Fixture.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf");

    public static StarterWords Load()
    {
        using GgufFile file = GgufFile.Open(ModelPath);
        return new(Tokenizer.FromGguf(file), ChatTemplate.Parse((string)file.Metadata["tokenizer.chat_template"]));
    }

    public RowEncoder Encoder(int sequenceLength, ObjectiveKind objective = ObjectiveKind.EveryAnswer) => new(Tokenizer, Template, "<|im_start|>", "<|im_end|>", sequenceLength, objective);
}
