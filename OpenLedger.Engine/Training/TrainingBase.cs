using OpenLedger.Engine.Models;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>A base with its own words: weights, tokenizer and chat template of one file. Knows nothing of runs.</summary>
public sealed class TrainingBase : IDisposable
{
    private readonly ChatTemplate _template;
    private readonly string? _bos;
    private readonly string? _eos;

    private TrainingBase(LanguageModel model, string name, Tokenizer tokenizer, ChatDialect dialect)
    {
        (Model, Name, Tokenizer) = (model, name, tokenizer);
        (_template, _bos, _eos) = (ChatTemplate.Parse(dialect.Template), dialect.BeginText, dialect.EndText);
        Stops = dialect.StopTokens.Concat(model.Config.EndTokens).ToHashSet();
    }

    /// <summary>The decoder.</summary>
    public LanguageModel Model { get; }

    /// <summary>The base by name, as PEFT's <c>base_model_name_or_path</c>.</summary>
    public string Name { get; }

    /// <summary>The base's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Tokens at which an answer ends.</summary>
    public IReadOnlySet<int> Stops { get; }

    /// <summary>Opens a GGUF file, or a folder with config.json, safetensors and tokenizer.json. Without a chat template of its own it is talked to by its family's custom.</summary>
    /// <exception cref="ModelException">The model is not supported.</exception>
    public static TrainingBase Open(string path, string name, Device? device = null, CancellationToken cancel = default)
    {
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(path);
        return new(LanguageModel.Load(path, device, cancel), name, tokenizer, dialect);
    }

    /// <summary>Encodes rows for this base, up to a length in tokens.</summary>
    public RowEncoder Encoder(int sequenceLength) => new(Tokenizer, _template, _bos, _eos, sequenceLength);

    public void Dispose() => Model.Dispose();
}
