using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace OpenLedger.Engine.Tests.Tokenization;

/// <summary>Lays a tokenizer.model down as SentencePiece does, piece by piece or from a tokenizer.json of the same vocabulary. Written apart from the reader it judges.</summary>
internal sealed class PieceFile
{
    private readonly List<byte> _bytes = [];

    public int ModelType { get; init; } = 2;

    public bool Bytes { get; init; } = true;

    public bool AddsSpace { get; init; } = true;

    public bool RemovesSpaces { get; init; }

    public string Begin { get; init; } = "<s>";

    public string End { get; init; } = "</s>";

    public byte[] Table { get; init; } = [];

    public bool SpaceBehind { get; init; }

    public PieceFile Piece(string text, float score = 0, int kind = 1)
    {
        _bytes.AddRange(Field(1, [.. Field(1, Encoding.UTF8.GetBytes(text)), .. Float(2, score), .. Number(3, kind)]));
        return this;
    }

    /// <summary>A hundred-word vocabulary's worth: unknown, marks, bytes, and the pieces given, the likelier first.</summary>
    public PieceFile Of(params string[] pieces)
    {
        Piece("<unk>", 0, 2).Piece("<s>", 0, 3).Piece("</s>", 0, 3);
        if (Bytes) for (int value = 0; value < 256; value++) Piece($"<0x{value:X2}>", 0, 6);
        for (int i = 0; i < pieces.Length; i++) Piece(pieces[i], -i);
        return this;
    }

    /// <summary>The vocabulary of a tokenizer.json: the first merge that makes a piece gives its score.</summary>
    public PieceFile From(string path)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement model = file.RootElement.GetProperty("model");
        Dictionary<string, float> scores = [];
        foreach (JsonElement merge in model.GetProperty("merges").EnumerateArray()) scores.TryAdd(merge[0].GetString() + merge[1].GetString(), -scores.Count - 1);
        Dictionary<int, bool> added = file.RootElement.GetProperty("added_tokens").EnumerateArray().ToDictionary(token => token.GetProperty("id").GetInt32(), token => token.GetProperty("special").GetBoolean());
        foreach (JsonProperty token in model.GetProperty("vocab").EnumerateObject().OrderBy(token => token.Value.GetInt32()))
        {
            string text = token.Name;
            int kind = text == model.GetProperty("unk_token").GetString() ? 2 : added.TryGetValue(token.Value.GetInt32(), out bool special) ? special ? 3 : 4 : text.StartsWith("<0x", StringComparison.Ordinal) ? 6 : 1;
            Piece(text, scores.GetValueOrDefault(text, kind == 1 ? -1e6f - token.Value.GetInt32() : 0), kind);
        }
        return this;
    }

    public byte[] ToArray() =>
    [
        .. _bytes,
        .. Field(2, [.. Number(3, ModelType), .. Number(24, SpaceBehind ? 1 : 0), .. Number(35, Bytes ? 1 : 0), .. Number(41, 1), .. Number(42, 2), .. Number(43, -1), .. Field(46, Encoding.UTF8.GetBytes(Begin)), .. Field(47, Encoding.UTF8.GetBytes(End))]),
        .. Field(3, [.. Field(1, "identity"u8.ToArray()), .. Field(2, Table), .. Number(3, AddsSpace ? 1 : 0), .. Number(4, RemovesSpaces ? 1 : 0), .. Number(5, 1)]),
    ];

    private static byte[] Field(int number, byte[] bytes) => [.. Varint((ulong)(number << 3 | 2)), .. Varint((ulong)bytes.Length), .. bytes];

    private static byte[] Number(int number, int value) => [.. Varint((ulong)(number << 3)), .. Varint((ulong)(long)value)];

    private static byte[] Float(int number, float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Varint((ulong)(number << 3 | 5)), .. bytes];
    }

    private static List<byte> Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }
}
