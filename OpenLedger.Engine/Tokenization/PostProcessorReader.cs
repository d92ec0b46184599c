using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads the post-processor of a tokenizer.json.</summary>
internal static class PostProcessorReader
{
    public static PostProcessor Read(JsonElement node) => node.Type() switch
    {
        "Sequence" => PostProcessors.Sequence([.. node.Items("processors").Select(Read)]),
        "ByteLevel" => PostProcessors.ByteLevel(node.Flag("trim_offsets", true), node.Flag("add_prefix_space", true)),
        "TemplateProcessing" => Template(node),
        "BertProcessing" => PostProcessors.Bert(Marker(node.Need("sep")), Marker(node.Need("cls"))),
        "RobertaProcessing" => PostProcessors.Roberta(Marker(node.Need("sep")), Marker(node.Need("cls")), node.Flag("trim_offsets", true), node.Flag("add_prefix_space", true)),
        _ => throw node.Unknown("a post-processor", "Sequence, ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing"),
    };

    private static PostProcessor Template(JsonElement node)
    {
        Dictionary<string, IReadOnlyList<(int, string)>> tokens = [];
        foreach (JsonProperty entry in node.Child("special_tokens") is { ValueKind: JsonValueKind.Object } list ? list.EnumerateObject() : default)
            tokens[entry.Name] = [.. entry.Value.Items("ids").Zip(entry.Value.Items("tokens"), (id, text) => (id.AsNumber("ids"), text.AsText("tokens")))];
        return PostProcessors.Template([.. node.Items("single").Select(part => Part(part, tokens))], [.. node.Items("pair").Select(part => Part(part, tokens))]);
    }

    private static TemplatePart Part(JsonElement part, Dictionary<string, IReadOnlyList<(int, string)>> tokens)
    {
        if (part.Child("Sequence") is JsonElement text) return new TemplatePart(null, text.Text("id") == "A" ? 0 : 1, text.Number("type_id"));
        JsonElement token = part.Need("SpecialToken");
        string name = token.Text("id");
        return new TemplatePart(tokens.GetValueOrDefault(name) ?? throw new TokenizerException($"the template uses the token '{name}', which it does not define"), 0, token.Number("type_id"));
    }

    private static (int Id, string Text) Marker(JsonElement pair) =>
        pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 ? (pair[1].AsNumber("id"), pair[0].AsText("token")) : throw new TokenizerException($"a marker is a token and its id, not {pair.GetRawText()}");
}
