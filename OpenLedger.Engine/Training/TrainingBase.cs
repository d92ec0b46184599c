using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tokenization;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>A base with its own words, open for training. Knows nothing of runs.</summary>
public sealed class TrainingBase : IDisposable
{
    private TrainingBase(LanguageModel model, string name, BaseWords words) => (Model, Name, Words) = (model, name, words);

    /// <summary>The decoder.</summary>
    public LanguageModel Model { get; }

    /// <summary>The base by name, as PEFT's <c>base_model_name_or_path</c>.</summary>
    public string Name { get; }

    /// <summary>Its tokenizer and template.</summary>
    public BaseWords Words { get; }

    /// <summary>The base's tokenizer.</summary>
    public Tokenizer Tokenizer => Words.Tokenizer;

    /// <summary>Tokens at which an answer ends.</summary>
    public IReadOnlySet<int> Stops => Words.Stops.Concat(Model.Config.EndTokens).ToHashSet();

    /// <summary>Opens a GGUF file, or a folder with config.json, safetensors and tokenizer.json. Without a chat template of its own it is talked to by its family's custom.</summary>
    /// <exception cref="ModelException">The model is not supported.</exception>
    public static TrainingBase Open(string path, string name, Device? device = null, BaseForm form = BaseForm.Float32, CancellationToken cancel = default)
    {
        BaseWords words = BaseWords.Read(path);
        return new(LanguageModel.Load(path, device, form, cancel), name, words);
    }

    /// <summary>Encodes rows for this base, up to a length in tokens, as an objective learns from them.</summary>
    public RowEncoder Encoder(int sequenceLength, ObjectiveKind objective = ObjectiveKind.EveryAnswer) => Words.Encoder(sequenceLength, objective);

    public void Dispose() => Model.Dispose();
}
