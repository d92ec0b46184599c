using System.Text.Json;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Export;

/// <summary>A checkpoint folder's tokenizer and chat template as GGUF metadata (<c>tokenizer.*</c>). Reads no weights.</summary>
internal static class GgufWords
{
    private const int Normal = 1, Unknown = 2, Control = 3, User = 4, Unused = 5, Byte = 6;   // llama.cpp's llama_token_type

    /// <param name="vocabulary">Rows of the embedding: the list is filled up to it.</param>
    /// <exception cref="ExportException">GGUF has no form for this tokenizer.</exception>
    public static IReadOnlyList<KeyValuePair<string, object>> Read(string folder, int vocabulary)
    {
        ReadOnlyMemory<byte> json = TokenizerFolder.Json(folder) ?? throw new ExportException("the base has no tokenizer.json and no tokenizer.model, without which a GGUF file has no words: import the base again with one");
        TokenizerParts parts = TokenizerJson.Read(json);
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement model = document.RootElement.GetProperty("model");
        if (model.TryGetProperty("type", out JsonElement type) && type.GetString() != "BPE") throw new ExportException($"a vocabulary of the kind '{type.GetString()}' is not written as GGUF here; byte-level BPE and SentencePiece's BPE are: export merged safetensors instead");
        bool fallsBack = model.TryGetProperty("byte_fallback", out JsonElement falls) && falls.ValueKind == JsonValueKind.True;
        string? kind = GgufPreTokenizerJson.KindOf(parts);
        bool bytes = parts.WritesBytes || kind is not null;
        if (!bytes && !fallsBack) throw new ExportException("the tokenizer is neither byte-level nor SentencePiece with bytes to fall back on, for which GGUF has no name: export merged safetensors instead");
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(folder);
        if (!bytes && tokenizer.EncodePlain("a  b").SequenceEqual(tokenizer.EncodePlain("a b"))) throw new ExportException("the tokenizer takes several spaces for one, which programs that read GGUF do not do: export merged safetensors instead");
        (string[] tokens, int[] types) = Tokens(model, parts, bytes, vocabulary);
        return [.. bytes ? ByteLevel(kind, model, tokens) : SentencePiece(model, tokens, tokenizer),
            new("tokenizer.ggml.token_type", types), .. Marks(tokenizer, dialect)];
    }

    private static (string[] Tokens, int[] Types) Tokens(JsonElement model, TokenizerParts parts, bool bytes, int vocabulary)
    {
        string[] tokens = [.. Enumerable.Range(0, vocabulary).Select(id => $"[PAD{id}]")];
        int[] types = [.. Enumerable.Repeat(Unused, vocabulary)];
        string? unknown = model.TryGetProperty("unk_token", out JsonElement unk) ? unk.GetString() : null;
        foreach (JsonProperty token in model.GetProperty("vocab").EnumerateObject())
            Put(token.Value.GetInt32(), token.Name, token.Name == unknown ? Unknown : !bytes && IsByte(token.Name) ? Byte : Normal);
        foreach (AddedToken added in parts.AddedTokens) Put(added.Id, added.Content, added.Content == unknown ? Unknown : added.Special ? Control : User);
        return (tokens, types);

        void Put(int id, string text, int kind)
        {
            if (id < 0 || id >= vocabulary) throw new ExportException($"the tokenizer has a token {id}, but the model only {vocabulary}");
            (tokens[id], types[id]) = (text, kind);
        }
    }

    private static bool IsByte(string token) => token is ['<', '0', 'x', _, _, '>'];

    private static IEnumerable<KeyValuePair<string, object>> ByteLevel(string? kind, JsonElement model, string[] tokens)
    {
        if (kind is null) throw new ExportException("the tokenizer cuts words in a way for which GGUF has no name: export merged safetensors instead");
        yield return new("tokenizer.ggml.model", "gpt2");
        yield return new("tokenizer.ggml.pre", kind);
        yield return new("tokenizer.ggml.tokens", tokens);
        yield return new("tokenizer.ggml.merges", Merges(model).Select(merge => $"{merge.Left} {merge.Right}").ToArray());
    }

    // GGUF keeps SentencePiece's scores; of a tokenizer.json only the order of merges is left, which is all that counts.
    private static IEnumerable<KeyValuePair<string, object>> SentencePiece(JsonElement model, string[] tokens, Tokenizer tokenizer)
    {
        Dictionary<string, float> scores = new(StringComparer.Ordinal);
        float rank = 0;
        foreach ((string left, string right) in Merges(model)) scores.TryAdd(left + right, -++rank);
        int[] probe = tokenizer.EncodePlain("a");
        yield return new("tokenizer.ggml.model", "llama");
        yield return new("tokenizer.ggml.pre", "default");
        yield return new("tokenizer.ggml.tokens", tokens);
        yield return new("tokenizer.ggml.scores", tokens.Select(token => scores.GetValueOrDefault(token)).ToArray());
        yield return new("tokenizer.ggml.add_space_prefix", probe.Length > 0 && tokenizer.TokenText(probe[0])?.StartsWith('▁') == true);
        if (model.TryGetProperty("unk_token", out JsonElement unknown) && unknown.GetString() is { } text && tokenizer.TokenId(text) is { } id) yield return new("tokenizer.ggml.unknown_token_id", (uint)id);
    }

    private static IEnumerable<(string Left, string Right)> Merges(JsonElement model)
    {
        foreach (JsonElement merge in model.GetProperty("merges").EnumerateArray())
        {
            if (merge.ValueKind == JsonValueKind.Array) yield return (merge[0].GetString()!, merge[1].GetString()!);
            else if (merge.GetString()!.Split(' ') is [string left, string right]) yield return (left, right);
            else throw new ExportException($"the merge '{merge.GetString()}' names no two tokens");
        }
    }

    private static IEnumerable<KeyValuePair<string, object>> Marks(Tokenizer tokenizer, ChatDialect dialect)
    {
        int? begin = Id(dialect.BeginText), end = Id(dialect.EndText) ?? dialect.StopTokens.Cast<int?>().FirstOrDefault();
        if (begin is { } first) yield return new("tokenizer.ggml.bos_token_id", (uint)first);
        if (end is { } last) yield return new("tokenizer.ggml.eos_token_id", (uint)last);
        if (dialect.StopTokens.Cast<int?>().FirstOrDefault(stop => stop != end) is { } turn) yield return new("tokenizer.ggml.eot_token_id", (uint)turn);
        int[] plain = tokenizer.Encode("a"), marked = tokenizer.Encode("a", addSpecialTokens: true);
        yield return new("tokenizer.ggml.add_bos_token", marked.Length > plain.Length && marked[0] == begin);
        yield return new("tokenizer.ggml.add_eos_token", marked.Length > plain.Length && marked[^1] == end);
        yield return new("tokenizer.chat_template", dialect.Template);   // its own, or how the Studio talks to its family: a GGUF file may bear another family's name

        int? Id(string? text) => text is null ? null : tokenizer.TokenId(text);
    }
}
