using System.Globalization;
using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads the <c>model</c> of a tokenizer.json: the vocabulary and the rule that cuts pieces.</summary>
internal static class VocabularyReader
{
    /// <exception cref="TokenizerException">Of an unknown type, or broken.</exception>
    public static SubwordModel Read(JsonElement model) => (model.TextOrNull("type") ?? Guess(model)) switch
    {
        "BPE" => ReadBpe(model),
        "WordPiece" => new WordPieceModel(ReadVocabulary(model), model.Text("unk_token"), model.Text("continuing_subword_prefix"), model.Child("max_input_chars_per_word") is null ? 100 : model.Number("max_input_chars_per_word")),
        "Unigram" => new UnigramModel(ReadScores(model), model.Child("unk_id") is null ? null : model.Number("unk_id"), model.Flag("byte_fallback", false)),
        _ => throw model.Unknown("a vocabulary", "BPE, WordPiece, Unigram"),
    };

    // Older files name no type: only BPE has merges, only Unigram a list.
    private static string Guess(JsonElement model) =>
        model.Child("merges") is not null ? "BPE" : model.Need("vocab").ValueKind == JsonValueKind.Array ? "Unigram" : "WordPiece";

    private static BpeModel ReadBpe(JsonElement model)
    {
        if (model.Child("dropout") is { ValueKind: JsonValueKind.Number } dropout && dropout.GetDouble() > 0)
            throw new TokenizerException("a BPE vocabulary with dropout gives other tokens at each call, which is not supported");
        return new BpeModel(ReadVocabulary(model), model.Items("merges").Select(ReadMerge), new BpeOptions
        {
            UnknownToken = model.TextOrNull("unk_token"),
            ContinuingPrefix = model.TextOrNull("continuing_subword_prefix"),
            EndOfWordSuffix = model.TextOrNull("end_of_word_suffix"),
            FuseUnknown = model.Flag("fuse_unk", false),
            ByteFallback = model.Flag("byte_fallback", false),
            IgnoreMerges = model.Flag("ignore_merges", false),
        });
    }

    private static Dictionary<string, int> ReadVocabulary(JsonElement model)
    {
        JsonElement vocabulary = model.Need("vocab");
        if (vocabulary.ValueKind != JsonValueKind.Object) throw new TokenizerException("this vocabulary should be an object of tokens and ids");
        Dictionary<string, int> read = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in vocabulary.EnumerateObject()) read[entry.Name] = entry.Value.AsNumber("vocab");
        return read;
    }

    private static List<(string, double)> ReadScores(JsonElement model) => [.. model.Items("vocab").Select(entry =>
        entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() == 2 && entry[1].ValueKind == JsonValueKind.Number
            ? (entry[0].AsText("vocab"), Score(entry[1].GetRawText()))
            : throw new TokenizerException($"a Unigram token is a text and a score, not {entry.GetRawText()}"))];

    // As the library's JSON reader does (serde_json without float_roundtrip): digits as a whole number, then one power of ten. The last bit decides between equal paths.
    private static double Score(string number)
    {
        ulong digits = 0;
        int exponent = 0, at = number[0] == '-' ? 1 : 0;
        bool behindPoint = false, full = false;
        for (; at < number.Length && number[at] is not ('e' or 'E'); at++)
        {
            if (number[at] == '.') { behindPoint = true; continue; }
            int digit = number[at] - '0';
            full |= digits > (ulong.MaxValue - (ulong)digit) / 10;
            if (!full) (digits, exponent) = (digits * 10 + (ulong)digit, behindPoint ? exponent - 1 : exponent);
            else if (!behindPoint) exponent++;
        }
        if (at < number.Length) exponent = int.TryParse(number.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power) ? (int)Math.Clamp((long)exponent + power, -10_000, 10_000) : 10_000; // beyond all that a score can have
        double score = Math.Abs(exponent) > 308 ? double.Parse(number, CultureInfo.InvariantCulture) : exponent < 0 ? digits / Math.Pow(10, -exponent) : digits * Math.Pow(10, exponent);
        if (!double.IsFinite(score)) throw new TokenizerException($"the score {number} of a Unigram token is too large");
        return number[0] == '-' && score > 0 ? -score : score;
    }

    // Two spellings: ["a", "b"], and "a b" of older files.
    private static (string, string) ReadMerge(JsonElement merge)
    {
        if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2) return (merge[0].AsText("merges"), merge[1].AsText("merges"));
        string[] sides = merge.AsText("merges").Split(' ');
        return sides.Length == 2 ? (sides[0], sides[1]) : throw new TokenizerException($"a merge joins two tokens; '{merge.GetString()}' has {sides.Length}");
    }
}
