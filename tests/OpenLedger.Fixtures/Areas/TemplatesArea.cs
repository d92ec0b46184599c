using System.Text.Json;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Renders every row of <c>templates/golden.jsonl</c>, errors included.</summary>
internal sealed class TemplatesArea : IFixtureArea
{
    public string Name => "templates";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        Dictionary<string, ChatTemplate> parsed = [];
        int line = 0;
        foreach (string text in File.ReadLines(Path.Combine(folder, "golden.jsonl")))
        {
            JsonElement row = JsonDocument.Parse(text).RootElement;
            string name = row.GetProperty("template").GetString()!;
            string label = $"{name}/{row.GetProperty("conversation")}/{++line}";
            yield return FixtureCase.Of(label, () =>
            {
                if (!parsed.TryGetValue(name, out ChatTemplate? template)) parsed[name] = template = ChatTemplate.Parse(File.ReadAllText(Path.Combine(folder, name + ".jinja")));
                string detail = Check(template, row);
                return new FixtureCase(label, detail.Length == 0, detail.Length == 0 ? "equal" : detail);
            });
        }
    }

    private static string Check(ChatTemplate template, JsonElement row)
    {
        bool fails = row.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String;
        try
        {
            string rendered = Render(template, row), expected = fails ? "" : row.GetProperty("rendered").GetString()!;
            return fails ? $"should fail with {error}" : rendered == expected ? "" : Difference(expected, rendered);
        }
        catch (TemplateException refusal)
        {
            return !fails ? refusal.Message : refusal.IsRaisedByTemplate != (row.GetProperty("error_type").GetString() == "TemplateError") || (refusal.IsRaisedByTemplate && refusal.Message != error.GetString()) ? $"failed with {refusal.Message}, not {error}" : "";
        }
    }

    private static string Render(ChatTemplate template, JsonElement row)
    {
        Dictionary<string, object?> extra = row.TryGetProperty("extra", out JsonElement given) && given.ValueKind == JsonValueKind.Object ? given.EnumerateObject().ToDictionary(entry => entry.Name, entry => (object?)entry.Value) : [];
        string? bos = row.GetProperty("bos_token").GetString(), eos = row.GetProperty("eos_token").GetString();
        bool prompt = row.GetProperty("add_generation_prompt").GetBoolean();
        bool continues = extra.Remove("continue_final_message", out object? goesOn) && ((JsonElement)goesOn!).GetBoolean();
        List<JsonElement> messages = [.. row.GetProperty("messages").EnumerateArray()];
        if (row.TryGetProperty("environment_only", out JsonElement only) && only.GetBoolean()) return template.RenderRaw([.. messages.Cast<object?>()], prompt, bos, eos, extra);
        List<IReadOnlyDictionary<string, object?>> prepared = [.. messages.Select(message => message.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : (object?)entry.Value))];
        return continues ? template.RenderContinuing(prepared, bos, eos, extra) : template.RenderMessages(prepared, prompt, bos, eos, extra);
    }

    private static string Difference(string expected, string found)
    {
        int at = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"at {at}: expected {JsonSerializer.Serialize(expected[Math.Max(0, at - 20)..Math.Min(expected.Length, at + 60)])}, found {JsonSerializer.Serialize(found[Math.Max(0, Math.Min(found.Length, at) - 20)..Math.Min(found.Length, at + 60)])}";
    }
}
