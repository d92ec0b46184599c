using OpenLedger.Engine.Models;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Serving;

/// <summary>A model with what it takes to talk to it: tokenizer, template, first and last tokens. Owns the model. Knows nothing of generation.</summary>
public sealed class ChatModel : IDisposable
{
    internal ChatModel(LanguageModel model, Tokenizer tokenizer, ChatDialect dialect)
    {
        (Model, Tokenizer, Dialect) = (model, tokenizer, dialect);
        Template = ChatTemplate.Parse(dialect.Template);
    }

    /// <summary>The weights.</summary>
    public LanguageModel Model { get; }

    /// <summary>Text to ids and back.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The chat template, parsed.</summary>
    public ChatTemplate Template { get; }

    /// <summary>Where the template and the special tokens come from.</summary>
    public ChatDialect Dialect { get; }

    /// <summary>Loads a GGUF file, or a folder with config.json, safetensors and tokenizer.json.</summary>
    /// <exception cref="ModelException">The model is not supported.</exception>
    /// <exception cref="TokenizerException">Its vocabulary is not supported.</exception>
    /// <exception cref="TemplateException">Its chat template cannot be read.</exception>
    public static ChatModel Load(string path, TorchSharp.torch.Device? device = null, CancellationToken cancel = default)
    {
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(path);
        LanguageModel model = LanguageModel.Load(path, device, cancel: cancel);
        try
        {
            return new ChatModel(model, tokenizer, dialect);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>A conversation as the prompt's text, ending where the model is to answer.</summary>
    public string Prompt(IReadOnlyList<ChatTurn> turns) => Template.Render(turns, true, Dialect.BeginText, Dialect.EndText);

    /// <summary>A conversation as token ids. What people wrote cannot become a special token: only the template's own text can.</summary>
    public int[] Encode(IReadOnlyList<ChatTurn> turns) => PromptEncoding.Encode(Tokenizer, Prompt, turns);

    public void Dispose() => Model.Dispose();
}
