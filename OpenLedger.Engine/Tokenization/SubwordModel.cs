namespace OpenLedger.Engine.Tokenization;

/// <summary>A token as the vocabulary found it; its place is in UTF-8 bytes of the piece, as the tokenizers library counts.</summary>
internal readonly record struct ModelToken(int Id, string Text, TextRange Bytes);

/// <summary>A vocabulary and its rule for cutting a piece into tokens. Knows nothing of text before or after the piece.</summary>
internal abstract class SubwordModel(Dictionary<string, int> vocabulary)
{
    private readonly Dictionary<int, string> _texts = vocabulary.ToDictionary(entry => entry.Value, entry => entry.Key);

    protected Dictionary<string, int> Vocabulary { get; } = vocabulary;

    public int Size => Vocabulary.Count;

    /// <summary>One more than the largest id.</summary>
    public int IdLimit => _texts.Count == 0 ? 0 : _texts.Keys.Max() + 1;

    public int? IdOf(string token) => Vocabulary.TryGetValue(token, out int id) ? id : null;

    public string? TextOf(int id) => _texts.GetValueOrDefault(id);

    /// <summary>Adds the tokens of a piece.</summary>
    public abstract void Tokenize(string piece, List<ModelToken> output);

    protected static string ByteToken(byte value) => $"<0x{value:X2}>";
}
