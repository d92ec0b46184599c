using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Writes a tokenizer.model and what lies beside it as the tokenizer.json that means the same, as transformers' convert_slow_tokenizer does. Reads no file.</summary>
internal static class SentencePieceJson
{
    private const string Mark = "▁";

    /// <summary>The tokenizer.json, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(SentencePieceFolder folder)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Put(json, "version", "1.0");
            Put(json, "added_tokens", folder.AddedTokens.Select(token => new { id = token.Id, content = token.Content, single_word = token.SingleWord, lstrip = token.LeftStrip, rstrip = token.RightStrip, normalized = token.Normalized, special = token.Special }));
            Put(json, "normalizer", Normalizer(folder));
            Put(json, "pre_tokenizer", folder.AddsSpaceEverywhere ? null : new { type = "Metaspace", replacement = Mark, prepend_scheme = folder.AddsSpace ? "first" : "never", split = false });
            Put(json, "post_processor", PostProcessor(folder));
            Put(json, "decoder", Decoder(folder));
            json.WritePropertyName("model");
            WriteModel(json, folder.Model);
            json.WriteEndObject();
        }
        return output.WrittenMemory;
    }

    private static void Put(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value);
    }

    private static object Replace(object pattern, string content) => new { type = "Replace", pattern, content };

    private static object Normalizer(SentencePieceFolder folder)
    {
        List<object> steps = [];
        if (folder.Model.RemovesSpaces) steps.AddRange([Replace(new { Regex = @"\A +| +\z" }, ""), Replace(new { Regex = " {2,}" }, " ")]);
        if (folder.AddsSpaceEverywhere && folder.AddsSpace) steps.Add(new { type = "Prepend", prepend = Mark });
        if (folder.AddsSpaceEverywhere) steps.Add(Replace(new { String = " " }, Mark));
        return new { type = "Sequence", normalizers = steps };
    }

    private static object Decoder(SentencePieceFolder folder)
    {
        List<object> steps = [Replace(new { String = Mark }, " ")];
        if (folder.Model.FallsBackToBytes) steps.Add(new { type = "ByteFallback" });
        steps.Add(new { type = "Fuse" });
        if (folder.AddsSpace) steps.Add(new { type = "Strip", content = " ", start = 1, stop = 0 });
        return new { type = "Sequence", decoders = steps };
    }

    private static object? PostProcessor(SentencePieceFolder folder)
    {
        (IReadOnlyList<string> before, IReadOnlyList<string> behind) = folder.Around;
        if (before.Count + behind.Count == 0) return null;
        IEnumerable<object> single = Text("A", 0, before, behind);
        // Of a pair ChatGLM marks the beginning once and the end always; the others mark each text.
        IEnumerable<object> pair = folder.IsChatGlm ? [.. single, .. Text("B", 1, [], folder.End is { } end ? [end] : [])] : [.. single, .. Text("B", 1, before, behind)];
        IEnumerable<string> used = before.Concat(behind).Concat(folder.End is { } last ? [last] : []).Distinct();
        return new { type = "TemplateProcessing", single, pair, special_tokens = used.ToDictionary(token => token, token => new { id = token, ids = new[] { folder.IdOf(token) }, tokens = new[] { token } }) };
    }

    private static IEnumerable<object> Text(string name, int type, IEnumerable<string> before, IEnumerable<string> behind)
    {
        object Special(string token) => new { SpecialToken = new { id = token, type_id = type } };
        return [.. before.Select(Special), new { Sequence = new { id = name, type_id = type } }, .. behind.Select(Special)];
    }

    private static void WriteModel(Utf8JsonWriter json, SentencePieceModel model)
    {
        json.WriteStartObject();
        Put(json, "type", "BPE");
        Put(json, "unk_token", model.Unknown);
        Put(json, "fuse_unk", true);
        Put(json, "byte_fallback", model.FallsBackToBytes);
        json.WriteStartObject("vocab");
        for (int id = 0; id < model.Pieces.Count; id++) json.WriteNumber(model.Pieces[id].Text, id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach ((string left, string right) in Merges(model)) WriteMerge(json, left, right);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMerge(Utf8JsonWriter json, string left, string right)
    {
        json.WriteStartArray();
        json.WriteStringValue(left);
        json.WriteStringValue(right);
        json.WriteEndArray();
    }

    // Marks and bytes are not made of letters: SentencePiece's own BPE never joins a pair into one.
    private static IEnumerable<(string Left, string Right)> Merges(SentencePieceModel model)
    {
        Dictionary<string, int> joined = new(StringComparer.Ordinal);
        for (int id = 0; id < model.Pieces.Count; id++)
            if (model.Pieces[id].Kind is SentencePieceKind.Normal or SentencePieceKind.UserDefined) joined[model.Pieces[id].Text] = id;
        return GgufVocabulary.MergesByScore([.. model.Pieces.Select(piece => piece.Text)], [.. model.Pieces.Select(piece => piece.Score)], joined);
    }
}
