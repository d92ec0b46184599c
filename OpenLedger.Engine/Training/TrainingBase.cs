using OpenLedger.Engine.Models;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>A base with its own words: weights, tokenizer and chat template of one file. Knows nothing of runs.</summary>
public sealed class TrainingBase : IDisposable
{
    private readonly ChatTemplate _template;
    private readonly string? _bos;
    private readonly string? _eos;

    private TrainingBase(LanguageModel model, string name, Tokenizer tokenizer, ChatTemplate template, string? bos, string? eos) =>
        (Model, Name, Tokenizer, _template, _bos, _eos) = (model, name, tokenizer, template, bos, eos);

    /// <summary>The decoder.</summary>
    public LanguageModel Model { get; }

    /// <summary>The base by name, as PEFT's <c>base_model_name_or_path</c>.</summary>
    public string Name { get; }

    /// <summary>The base's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Tokens at which an answer ends.</summary>
    public IReadOnlySet<int> Stops => Model.Config.EndTokens.ToHashSet();

    /// <summary>Opens a GGUF file.</summary>
    /// <exception cref="TrainingException">It holds no chat template, so that an answer cannot be told from a question.</exception>
    public static TrainingBase Open(string path, string name, Device? device = null, CancellationToken cancel = default)
    {
        using GgufFile file = GgufFile.Open(path);
        Tokenizer tokenizer = Tokenizer.FromGguf(file);
        if (!file.Metadata.TryGetValue("tokenizer.chat_template", out object? template))
            throw new TrainingException($"'{name}' has no chat template, so that an answer cannot be told from its question");
        return new(
            LanguageModel.Load(path, device, cancel), name, tokenizer, ChatTemplate.Parse((string)template),
            Special(file, tokenizer, "tokenizer.ggml.bos_token_id"), Special(file, tokenizer, "tokenizer.ggml.eos_token_id"));
    }

    /// <summary>Encodes rows for this base, up to a length in tokens.</summary>
    public RowEncoder Encoder(int sequenceLength) => new(Tokenizer, _template, _bos, _eos, sequenceLength);

    public void Dispose() => Model.Dispose();

    private static string? Special(GgufFile file, Tokenizer tokenizer, string key) =>
        file.Metadata.TryGetValue(key, out object? id) ? tokenizer.TokenText(Convert.ToInt32(id, System.Globalization.CultureInfo.InvariantCulture)) : null;
}
