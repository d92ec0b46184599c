using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Training;

/// <summary>A base's own words: its tokenizer and its way of chatting. Holds no weights.</summary>
public sealed class BaseWords
{
    private readonly ChatTemplate _template;
    private readonly ChatDialect _dialect;

    private BaseWords(Tokenizer tokenizer, ChatDialect dialect) => (Tokenizer, _dialect, _template) = (tokenizer, dialect, ChatTemplate.Parse(dialect.Template));

    /// <summary>The base's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Tokens at which an answer ends, as far as the words tell.</summary>
    public IReadOnlyList<int> Stops => _dialect.StopTokens;

    /// <summary>Reads them from a GGUF file, or from a folder with tokenizer.json. Without a chat template of its own a base is talked to by its family's custom.</summary>
    public static BaseWords Read(string path)
    {
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(path);
        return new(tokenizer, dialect);
    }

    /// <summary>Encodes rows for this base, up to a length in tokens, as an objective learns from them.</summary>
    public RowEncoder Encoder(int sequenceLength, ObjectiveKind objective = ObjectiveKind.EveryAnswer) =>
        new(Tokenizer, _template, _dialect.BeginText, _dialect.EndText, sequenceLength, objective);
}
