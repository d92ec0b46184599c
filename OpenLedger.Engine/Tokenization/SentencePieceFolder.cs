using System.Globalization;
using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// A tokenizer.model with what lies beside it, as transformers' slow Llama and Gemma tokenizers and ChatGLM's own code read them: tokens to look for, tokens to put
/// around a text, how words begin. Cuts nothing.
/// </summary>
internal sealed class SentencePieceFolder
{
    private const long LargestModel = 64 << 20; // bytes

    // The classes whose custom is known; another may number its tokens anew.
    private static readonly string[] Classes = ["LlamaTokenizer", "LlamaTokenizerFast", "CodeLlamaTokenizer", "CodeLlamaTokenizerFast", "GemmaTokenizer", "GemmaTokenizerFast", ChatGlmTokens.Class];

    private static readonly string[] Roles = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    private readonly JsonElement _settings, _map;
    private readonly SortedDictionary<int, AddedToken> _added = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    private SentencePieceFolder(string folder)
    {
        Model = SentencePieceModel.Read(SettingsFile.ReadBounded(Path.Combine(folder, "tokenizer.model"), LargestModel));
        _settings = SettingsFile.Read(Path.Combine(folder, "tokenizer_config.json"));
        _map = SettingsFile.Read(Path.Combine(folder, "special_tokens_map.json"));
        string? ofClass = _settings.TextOrNull("tokenizer_class");
        if (ofClass is not null && !Classes.Contains(ofClass)) throw new TokenizerException($"the tokenizer.model is to be read by '{ofClass}', whose custom is not known here; known are {string.Join(", ", Classes.Where(name => !name.EndsWith("Fast", StringComparison.Ordinal)))}. Import the model with its tokenizer.json, or as GGUF");
        IsChatGlm = ofClass == ChatGlmTokens.Class;
        AddPieces();
        AddFiles(SettingsFile.Read(Path.Combine(folder, "added_tokens.json")));
        if (IsChatGlm) AddChatGlm(SettingsFile.Read(Path.Combine(folder, "config.json")));
        MarkSpecial();
    }

    /// <summary>The pieces.</summary>
    public SentencePieceModel Model { get; }

    /// <summary>Whether ChatGLM's own code reads it.</summary>
    public bool IsChatGlm { get; }

    /// <summary>The tokens that are looked for in a text, by id.</summary>
    public IEnumerable<AddedToken> AddedTokens => _added.Values;

    /// <summary>The token that begins a text; null where the model has none.</summary>
    public string? Begin => IsChatGlm ? null : Role("bos_token", Model.Begin);

    /// <summary>The token that ends a text; null where the model has none.</summary>
    public string? End => IsChatGlm ? Known(Model.End) : Role("eos_token", Model.End);

    /// <summary>Whether a text begins with a space that it has not.</summary>
    public bool AddsSpace => _settings.Flag("add_prefix_space", Model.AddsSpace);

    /// <summary>Whether each stretch between added tokens begins so; newer settings say "legacy": false and mean the text's own beginning alone.</summary>
    public bool AddsSpaceEverywhere => IsChatGlm || _settings.Flag("legacy", true);

    /// <summary>The tokens before and behind each text.</summary>
    public (IReadOnlyList<string> Before, IReadOnlyList<string> Behind) Around =>
        IsChatGlm ? (ChatGlmTokens.Before, []) : (Put("add_bos_token", Begin, true), Put("add_eos_token", End, false));

    /// <exception cref="TokenizerException">Damaged, or asking for what is not done here exactly.</exception>
    public static SentencePieceFolder Read(string folder) => new(folder);

    /// <summary>The id of a token that stands in the vocabulary or beside it.</summary>
    public int IdOf(string token) => _ids[token];

    private string? Known(string? token) => token is not null && _ids.ContainsKey(token) ? token : null;

    private string? Role(string role, string piece) => Known(SettingsFile.TokenIn(_settings, role)) ?? Known(SettingsFile.TokenIn(_map, role)) ?? Known(piece);

    private string[] Put(string setting, string? token, bool otherwise) => token is not null && _settings.Flag(setting, otherwise) ? [token] : [];

    private void AddPieces()
    {
        for (int id = 0; id < Model.Pieces.Count; id++)
        {
            SentencePiece piece = Model.Pieces[id];
            _ids[piece.Text] = id;
            if (piece.Kind is SentencePieceKind.Unknown or SentencePieceKind.Control or SentencePieceKind.UserDefined) Add(new AddedToken(id, piece.Text) { Special = piece.Kind != SentencePieceKind.UserDefined });
        }
    }

    // Older folders number their tokens in added_tokens.json, newer ones in the settings, with their properties.
    private void AddFiles(JsonElement numbered)
    {
        foreach (JsonProperty token in numbered.ValueKind == JsonValueKind.Object ? numbered.EnumerateObject() : default) Add(new AddedToken(token.Value.AsNumber(token.Name), token.Name));
        foreach (JsonProperty token in _settings.Child("added_tokens_decoder") is { ValueKind: JsonValueKind.Object } decoder ? decoder.EnumerateObject() : default)
        {
            if (!int.TryParse(token.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) throw new TokenizerException($"tokenizer_config.json numbers a token '{token.Name}', which is no number");
            Add(TokenizerJson.ReadAddedToken(id, token.Value));
        }
    }

    private void AddChatGlm(JsonElement config)
    {
        bool isSecond = $"{_settings.TextOrNull("name_or_path")} {config.TextOrNull("_name_or_path")}".Contains("chatglm2", StringComparison.OrdinalIgnoreCase);
        foreach (AddedToken token in ChatGlmTokens.From(Model.Pieces.Count, withRoles: !isSecond)) Add(token);
    }

    // What has a role is special, wherever it is numbered. A token that nothing numbers has no row in the weights either, and stays text.
    private void MarkSpecial()
    {
        foreach (JsonElement file in new[] { _settings, _map })
        {
            IEnumerable<string?> named = [.. Roles.Select(role => SettingsFile.TokenIn(file, role)), .. Additional(file)];
            foreach (string token in named.OfType<string>().Where(_ids.ContainsKey)) Add((_added.GetValueOrDefault(_ids[token]) ?? new AddedToken(_ids[token], token)) with { Special = true });
        }
    }

    private static IEnumerable<string?> Additional(JsonElement file) =>
        file.Child("additional_special_tokens") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(SettingsFile.Content) : [];

    // Special tokens are looked for in the text as it was written, whatever older files say of them, as the slow tokenizers do.
    private void Add(AddedToken token)
    {
        if (token.Content.Length == 0) return;
        _added[token.Id] = token.Special ? token with { Normalized = false } : token;
        _ids[token.Content] = token.Id;
    }
}
