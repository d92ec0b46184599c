using System.Text;
using System.Text.Json;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Serving;

/// <summary>How a checkpoint wants to be talked to: its template, its first and last token, the tokens that end an answer. Knows nothing of weights.</summary>
/// <param name="Template">The chat template's source.</param>
/// <param name="IsTemplateOwn">Whether the checkpoint brought it; otherwise it is its family's custom.</param>
/// <param name="BeginText">The first token's text; null if it has none.</param>
/// <param name="EndText">The last token's text; null if it has none.</param>
/// <param name="StopTokens">Tokens that end an answer.</param>
public sealed record ChatDialect(string Template, bool IsTemplateOwn, string? BeginText, string? EndText, IReadOnlyList<int> StopTokens)
{
    private static readonly string[] CommonStops = ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<end_of_turn>", "<|end|>", "</s>", "<｜end▁of▁sentence｜>", "<|user|>"];

    /// <summary>Texts that end an answer, for models that no token tells when to stop.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } = [];

    /// <summary>Reads tokenizer and dialect from a GGUF file or a folder.</summary>
    /// <exception cref="TokenizerException">There is no vocabulary, or one that is not supported.</exception>
    public static (Tokenizer Tokenizer, ChatDialect Dialect) Read(string path) => Directory.Exists(path) ? ReadFolder(path) : ReadGguf(path);

    private static (Tokenizer, ChatDialect) ReadGguf(string path)
    {
        using GgufFile file = GgufFile.Open(path);
        Tokenizer tokenizer = Tokenizer.FromGguf(file);
        string? Text(string key) => file.Integer(key) is long id and >= 0 and < int.MaxValue ? tokenizer.TokenText((int)id) : null;
        string? begin = Text("tokenizer.ggml.bos_token_id"), end = Text("tokenizer.ggml.eos_token_id"), turn = Text("tokenizer.ggml.eot_token_id");
        return (tokenizer, Of(tokenizer, file.Text("general.architecture"), file.Text("tokenizer.chat_template"), begin, end, [end, turn]));
    }

    private static (Tokenizer, ChatDialect) ReadFolder(string folder)
    {
        Tokenizer tokenizer = Tokenizer.FromFolder(folder);
        JsonElement settings = SettingsFile.Read(Path.Combine(folder, "tokenizer_config.json"));
        string file = Path.Combine(folder, "chat_template.jinja");
        string? template = File.Exists(file) ? Encoding.UTF8.GetString(SettingsFile.ReadBounded(file)) : TemplateIn(settings);
        JsonElement config = SettingsFile.Read(Path.Combine(folder, "config.json"));
        (string? begin, string? end) = TokenizerFolder.IsSentencePiece(folder) ? TokenizerFolder.Marks(folder) : (SettingsFile.TokenIn(settings, "bos_token"), SettingsFile.TokenIn(settings, "eos_token"));
        IEnumerable<string?> generation = Ids(SettingsFile.Read(Path.Combine(folder, "generation_config.json"))).Concat(Ids(config)).Select(tokenizer.TokenText);
        return (tokenizer, Of(tokenizer, SettingsFile.TokenIn(config, "model_type"), template, begin, end, [end, .. generation]));
    }

    private static ChatDialect Of(Tokenizer tokenizer, string? family, string? template, string? begin, string? end, IEnumerable<string?> stops)
    {
        HashSet<string> special = [.. tokenizer.AddedTokens.Where(token => token.Special).Select(token => token.Content)];
        IEnumerable<int> ids = stops.Concat(CommonStops.Where(special.Contains)).OfType<string>().Select(tokenizer.TokenId).OfType<int>();
        if (template is not null) return new ChatDialect(template, true, begin, end, [.. ids.Distinct()]);
        (string custom, IReadOnlyList<string> stopTexts) = FamilyTemplates.For(family, tokenizer);
        return new ChatDialect(custom, false, begin, end, [.. ids.Distinct()]) { StopTexts = stopTexts };
    }

    // One text, or several under names, of which "default" is the chat's.
    private static string? TemplateIn(JsonElement settings) => Field(settings, "chat_template") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(item => Field(item, "name") is { ValueKind: JsonValueKind.String } name && name.GetString() == "default").Select(item => Field(item, "template")?.GetString()).FirstOrDefault(),
        _ => null,
    };

    private static IEnumerable<int> Ids(JsonElement settings) => Field(settings, "eos_token_id") switch
    {
        { ValueKind: JsonValueKind.Number } one => [one.GetInt32()],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.Number).Select(id => id.GetInt32()),
        _ => [],
    };

    private static JsonElement? Field(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : null;
}
