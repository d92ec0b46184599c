using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// What a tokenizer.model says: SentencePiece's pieces and how a text is prepared for them (sentencepiece_model.proto). What could not be done exactly is refused.
/// Knows nothing of the files beside it.
/// </summary>
internal sealed class SentencePieceModel
{
    private const int LongestPiece = 1024; // characters; SentencePiece itself makes none of more than 16
    private const int Bpe = 2;

    private static readonly UTF8Encoding Strict = new(false, true);
    private static readonly string[] Kinds = ["nothing", "Unigram", "BPE", "words", "characters"];

    private readonly List<SentencePiece> _pieces = [];
    private int _type = 1;
    private bool _spaceBehind, _escapesSpaces = true, _mapsCharacters, _changesBack;
    private string _normalizer = "";

    private SentencePieceModel(ReadOnlySpan<byte> bytes) => ReadModel(bytes);

    /// <summary>By id.</summary>
    public IReadOnlyList<SentencePiece> Pieces => _pieces;

    /// <summary>Whether what no piece writes becomes its bytes.</summary>
    public bool FallsBackToBytes { get; private set; }

    /// <summary>Whether a text begins with a space that it has not.</summary>
    public bool AddsSpace { get; private set; } = true;

    /// <summary>Whether spaces at the ends go, and several become one.</summary>
    public bool RemovesSpaces { get; private set; } = true;

    /// <summary>The piece that begins a text.</summary>
    public string Begin { get; private set; } = "<s>";

    /// <summary>The piece that ends a text.</summary>
    public string End { get; private set; } = "</s>";

    /// <summary>The piece that stands for what no piece writes.</summary>
    public string Unknown => _pieces.First(piece => piece.Kind == SentencePieceKind.Unknown).Text;

    /// <exception cref="TokenizerException">Damaged, of another kind, or asking for what is not done here exactly.</exception>
    public static SentencePieceModel Read(ReadOnlySpan<byte> bytes)
    {
        if (IsRankList(bytes)) throw new TokenizerException("the tokenizer.model is a list of byte ranks (tiktoken's kind, as GLM-4 has it), not SentencePiece: import the model with its tokenizer.json");
        SentencePieceModel model = new(bytes);
        model.Check();
        return model;
    }

    // "IQ== 0": a token in base64, a space, its rank. SentencePiece's file begins with the key of its first field, a line feed.
    private static bool IsRankList(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
        int space = line.IndexOf((byte)' ');
        return space > 0 && System.Buffers.Text.Base64.IsValid(line[..space]) && int.TryParse(line[(space + 1)..].TrimEnd((byte)'\r'), out _);
    }

    private void ReadModel(ReadOnlySpan<byte> bytes)
    {
        for (ProtoReader field = new(bytes); field.Next();)
        {
            switch (field.Field)
            {
                case 1: _pieces.Add(ReadPiece(field.Bytes())); break;
                case 2: ReadTrainer(field.Bytes()); break;
                case 3: ReadNormalizer(field.Bytes()); break;
                case 5: ReadDenormalizer(field.Bytes()); break;
            }
        }
    }

    private static SentencePiece ReadPiece(ReadOnlySpan<byte> bytes)
    {
        (string text, float score, SentencePieceKind kind) = ("", 0, SentencePieceKind.Normal);
        for (ProtoReader field = new(bytes); field.Next();)
        {
            if (field.Field == 1) text = Text(field.Bytes());
            else if (field.Field == 2) score = field.Float();
            else if (field.Field == 3) kind = (SentencePieceKind)field.Int();
        }
        return new(text, score, kind);
    }

    private void ReadTrainer(ReadOnlySpan<byte> bytes)
    {
        for (ProtoReader field = new(bytes); field.Next();)
        {
            switch (field.Field)
            {
                case 3: _type = field.Int(); break;
                case 24: _spaceBehind = field.Flag(); break;
                case 35: FallsBackToBytes = field.Flag(); break;
                case 46: Begin = Text(field.Bytes()); break;
                case 47: End = Text(field.Bytes()); break;
            }
        }
    }

    private void ReadNormalizer(ReadOnlySpan<byte> bytes)
    {
        for (ProtoReader field = new(bytes); field.Next();)
        {
            switch (field.Field)
            {
                case 1: _normalizer = Text(field.Bytes()); break;
                case 2: _mapsCharacters = !field.Bytes().IsEmpty; break;
                case 3: AddsSpace = field.Flag(); break;
                case 4: RemovesSpaces = field.Flag(); break;
                case 5: _escapesSpaces = field.Flag(); break;
            }
        }
    }

    private void ReadDenormalizer(ReadOnlySpan<byte> bytes)
    {
        for (ProtoReader field = new(bytes); field.Next();)
            if (field.Field == 2) _changesBack = !field.Bytes().IsEmpty;
    }

    private void Check()
    {
        if (_pieces.Count == 0) throw Refused("has no pieces, so that it is no SentencePiece vocabulary");
        if (_type != Bpe) throw Refused($"cuts words by {(_type >= 0 && _type < Kinds.Length ? Kinds[_type] : $"the unknown kind {_type}")}; SentencePiece's BPE is read");
        if (_mapsCharacters) throw Refused($"changes characters by a table ('{_normalizer}') before it cuts words, which is not done here");
        if (_changesBack) throw Refused("changes characters back by a table, which is not done here");
        if (_spaceBehind || !_escapesSpaces) throw Refused(_spaceBehind ? "puts the sign for a space behind words, which is not done here" : "keeps spaces as they are, which is not done here");
        if (_pieces.Count(piece => piece.Kind == SentencePieceKind.Unknown) != 1) throw Refused("needs one piece for what is unknown");
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (SentencePiece piece in _pieces) CheckPiece(piece, seen);
        if (FallsBackToBytes && Enumerable.Range(0, 256).Any(value => !seen.Contains($"<0x{value:X2}>"))) throw Refused("falls back to bytes, but has not a piece for each of them");
    }

    private static void CheckPiece(SentencePiece piece, HashSet<string> seen)
    {
        if (piece.Text.Length is 0 or > LongestPiece) throw Refused(piece.Text.Length == 0 ? "has a piece without a text" : $"has a piece of {piece.Text.Length} characters; {LongestPiece} are the most");
        if (!seen.Add(piece.Text)) throw Refused($"has the piece '{piece.Text}' twice");
        if (float.IsNaN(piece.Score)) throw Refused($"has a score for '{piece.Text}' that is no number");
        if (piece.Kind is SentencePieceKind.Unused || !Enum.IsDefined(piece.Kind)) throw Refused($"has the piece '{piece.Text}' of the kind {piece.Kind}, which is not read");
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException broken)
        {
            throw new TokenizerException("the tokenizer.model has a text that is no UTF-8: it is damaged, or of another kind", broken);
        }
    }

    private static TokenizerException Refused(string fact) => new($"the tokenizer.model {fact}. Import the model with its tokenizer.json, or as GGUF");
}
