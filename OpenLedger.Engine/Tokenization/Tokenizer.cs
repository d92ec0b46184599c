using System.Text;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// Turns text into a model's token ids and back, as the checkpoint's own tokenizer.json, tokenizer.model or GGUF vocabulary says; equal to the reference
/// implementation (huggingface/tokenizers). Knows nothing of chats or models. Safe to share between threads.
/// </summary>
public sealed class Tokenizer
{
    private readonly TokenizerParts _parts;
    private readonly AddedTokenFinder _rawTokens, _normalizedTokens;
    private readonly Dictionary<int, string> _addedTexts = []; // as they are looked for, and decoded
    private readonly Dictionary<string, AddedToken> _addedByText = new(StringComparer.Ordinal);
    private readonly PieceCache _cache;

    internal Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        foreach (AddedToken token in parts.AddedTokens)
        {
            string text = token.Normalized ? Normalize(AlignedText.Of(token.Content)).Value : token.Content;
            _addedTexts[token.Id] = text;
            _addedByText[token.Content] = _addedByText[text] = token;
        }
        _rawTokens = Finder(normalized: false);
        _normalizedTokens = Finder(normalized: true);
        _cache = new PieceCache(parts.Model, parts.WritesBytes);
    }

    /// <summary>One more than the largest id that stands for something.</summary>
    public int VocabularySize => Math.Max(_parts.Model.IdLimit, _addedTexts.Count == 0 ? 0 : _addedTexts.Keys.Max() + 1);

    /// <summary>The tokens that are looked for in the text itself.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => _parts.AddedTokens;

    /// <summary>Reads a tokenizer.json.</summary>
    /// <exception cref="TokenizerException">Broken, or built from parts that are not supported.</exception>
    public static Tokenizer FromJson(string path) => new(TokenizerJson.Read(path));

    /// <summary>Reads a model folder's tokenizer.json, or where there is none its tokenizer.model with the settings beside it.</summary>
    /// <exception cref="TokenizerException">There is neither; or it is broken, or built from parts that are not supported.</exception>
    public static Tokenizer FromFolder(string folder)
    {
        if (TokenizerFolder.IsSentencePiece(folder)) return new(TokenizerJson.Read(TokenizerFolder.Json(folder)!.Value));
        string vocabulary = Path.Combine(folder, "tokenizer.json");
        return File.Exists(vocabulary) ? FromJson(vocabulary) : throw new TokenizerException($"the folder '{Path.GetFileName(folder)}' has no tokenizer.json and no tokenizer.model");
    }

    /// <summary>Reads the vocabulary that a GGUF file carries.</summary>
    /// <exception cref="TokenizerException">It carries none, or one of an unknown kind.</exception>
    public static Tokenizer FromGguf(GgufFile file) => new(GgufVocabulary.Read(file));

    /// <summary>The ids of a text; text that spells a special token becomes that token.</summary>
    /// <param name="text">Any text; a lone surrogate counts as U+FFFD.</param>
    /// <param name="addSpecialTokens">Whether the post-processor puts in the tokens the model wants around a text.</param>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        List<int> ids = [];
        Cut(WellFormed(text), (piece, added) =>
        {
            if (added is not null) ids.Add(added.Id);
            else if (_parts.PreTokenizer is null) _cache.AddIds(piece.Span, ids);
            else foreach (Piece part in PreTokenize(piece)) _cache.AddIds(part.Span, ids);
        });
        if (!addSpecialTokens || _parts.PostProcessor is null) return [.. ids];
        List<Token> tokens = ids.ConvertAll(id => new Token(id, "", default, 0, 0));
        return [.. _parts.PostProcessor([tokens], true).SelectMany(part => part).Select(token => token.Id)];
    }

    /// <summary>The ids of a text in which nothing is a special token: text from people cannot forge one.</summary>
    public int[] EncodePlain(string text)
    {
        List<int> ids = [];
        Piece piece = Piece.All(Normalize(AlignedText.Of(WellFormed(text))));
        foreach (Piece part in PreTokenize(piece)) _cache.AddIds(part.Span, ids);
        return [.. ids];
    }

    /// <summary>The tokens of a text with their places in it.</summary>
    public IReadOnlyList<Token> EncodeWithOffsets(string text, bool addSpecialTokens = false) => PostProcess([Tokenize(text, 0)], addSpecialTokens);

    /// <summary>The tokens of two texts that belong together, with special tokens.</summary>
    public IReadOnlyList<Token> EncodePair(string first, string second, bool addSpecialTokens = true) =>
        PostProcess([Tokenize(first, 0), Tokenize(second, 1)], addSpecialTokens);

    /// <summary>The text of ids. An id that stands for nothing is left out; bytes that are no UTF-8 become U+FFFD.</summary>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        List<string> tokens = new(ids.Length);
        foreach (int id in ids)
            if (TokenText(id) is string text && !(skipSpecialTokens && IsSpecial(text))) tokens.Add(text);
        return _parts.Decoder is null ? string.Join(' ', tokens) : string.Concat(_parts.Decoder(tokens));
    }

    /// <summary>The id of a token's raw text; null if there is none.</summary>
    public int? TokenId(string token) => _addedByText.TryGetValue(token, out AddedToken? added) ? added.Id : _parts.Model.IdOf(token);

    /// <summary>The raw text of an id; null if there is none.</summary>
    public string? TokenText(int id) => _addedTexts.TryGetValue(id, out string? added) ? added : _parts.Model.TextOf(id);

    private bool IsSpecial(string text) => _addedByText.TryGetValue(text, out AddedToken? added) && added.Special;

    private AddedTokenFinder Finder(bool normalized) =>
        new(_parts.AddedTokens.Where(token => token.Normalized == normalized).Select(token => (_addedTexts[token.Id], token)));

    // Tokens that are not normalized are looked for first, in the raw text; the others in the normalized rest.
    private void Cut(string text, Action<Piece, AddedToken?> output) => _rawTokens.Split(Piece.All(AlignedText.Of(text)), (piece, added) =>
    {
        if (added is not null) output(piece, added);
        else _normalizedTokens.Split(_parts.Normalizer is null ? piece : Piece.All(Normalize(piece.ToText())), output);
    });

    private AlignedText Normalize(AlignedText text) => _parts.Normalizer is null ? text : _parts.Normalizer(text);

    private List<Piece> PreTokenize(Piece piece)
    {
        if (_parts.PreTokenizer is null) return [piece];
        List<Piece> pieces = [];
        _parts.PreTokenizer(piece, pieces);
        return pieces;
    }

    private List<Token> PostProcess(List<List<Token>> texts, bool special) =>
        [.. (_parts.PostProcessor is null ? texts : _parts.PostProcessor(texts, special)).SelectMany(text => text)];

    private List<Token> Tokenize(string text, int sequence)
    {
        string source = WellFormed(text);
        CodePointIndex codePoints = new(source);
        List<Token> tokens = [];
        Cut(source, (piece, added) =>
        {
            if (added is not null)
                tokens.Add(new Token(added.Id, piece.Span.ToString(), codePoints.Range(SourceOf(piece, new TextRange(0, piece.Length))), sequence, sequence));
            else foreach (Piece part in PreTokenize(piece)) AddTokens(_parts.WritesBytes ? Piece.All(ByteAlphabet.Write(part)) : part, sequence, codePoints, tokens);
        });
        return tokens;
    }

    private void AddTokens(Piece piece, int sequence, CodePointIndex codePoints, List<Token> tokens)
    {
        List<ModelToken> found = [];
        _parts.Model.Tokenize(piece.Span.ToString(), found);
        int[] units = UnitOfByte(piece.Span);
        foreach (ModelToken token in found)
        {
            TextRange range = new(units[token.Bytes.Start], units[token.Bytes.End - 1] + 1);
            tokens.Add(new Token(token.Id, token.Text, codePoints.Range(SourceOf(piece, range)), sequence, sequence));
        }
    }

    private static TextRange SourceOf(Piece piece, TextRange units) =>
        new(piece.Text.SourceOf(piece.Start + units.Start).Start, piece.Text.SourceOf(piece.Start + units.End - 1).End);

    private static int[] UnitOfByte(ReadOnlySpan<char> text)
    {
        List<int> units = new(text.Length);
        int unit = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            for (int i = 0; i < rune.Utf8SequenceLength; i++) units.Add(unit);
            unit += rune.Utf16SequenceLength;
        }
        return [.. units];
    }

    private static string WellFormed(string text)
    {
        for (int i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text));
        }
        return text;
    }
}
