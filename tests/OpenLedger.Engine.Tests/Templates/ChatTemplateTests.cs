using System.Text.Json;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Tests.Templates;

/// <summary>Prompts equal the reference's to the byte, errors included; a hostile template is stopped; text in messages stays text.</summary>
public class ChatTemplateTests
{
    private static readonly string Folder = Fixture.Path("templates");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.jinja").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void Renderings_equal_the_goldens(string name)
    {
        ChatTemplate template = Load(name);
        foreach (JsonElement row in Rows(name))
        {
            bool fails = row.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String;
            if (!fails) { Assert.Equal(row.GetProperty("rendered").GetString(), Render(template, row)); continue; }
            TemplateException refusal = Assert.Throws<TemplateException>(() => Render(template, row));
            if (row.GetProperty("error_type").GetString() == "TemplateError") Assert.Equal((true, error.GetString()), (refusal.IsRaisedByTemplate, refusal.Message));
        }
    }

    [Fact]
    public void The_starter_prompt_has_the_reference_ids()
    {
        Tokenizer tokenizer = Tokenizer.FromJson(Fixture.Starter("models/SmolLM2-135M-Instruct/tokenizer.json"));
        int compared = 0;
        foreach (JsonElement row in Rows("real_smollm2").Where(row => row.TryGetProperty("ids", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array))
        {
            Assert.Equal(row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), tokenizer.Encode(row.GetProperty("rendered").GetString()!));
            compared++;
        }
        Assert.True(compared > 10, $"only {compared} rows have ids");
    }

    [Theory]
    [InlineData("{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "deeper")]
    [InlineData("{{ 'x' * 1000000000 }}", "longer")]
    [InlineData("{{ 2 ** 100000000 }}", "power")]
    [InlineData("{{ range(100000000) }}", "Range too big")]
    [InlineData("{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in range(1000) %}{% set ns.s = ns.s + ns.s %}{% endfor %}", "longer")]
    [InlineData("{{ '%1000000000d' % 5 }}", "width")]
    [InlineData("{{ '%c'|format(9**20) }}", "character")]
    [InlineData("{{ '%c'|format(-1) }}", "character")]
    [InlineData("{{ '%c' % 55296 }}", "character")]
    [InlineData("{{ '%c' % 'ab' }}", "character")]
    [InlineData("{{ '{:c}'.format(1114112) }}", "character")]
    [InlineData("{{ '%d' % ('inf'|float) }}", "number is required")]
    [InlineData("{{ '%d' % (('inf'|float) - ('inf'|float)) }}", "number is required")]
    [InlineData("{% set ns = namespace(a=[], b=[]) %}{% for i in range(20000) %}{% set ns.a = [ns.a] %}{% set ns.b = [ns.b] %}{% endfor %}{{ ns.a == ns.b }}", "stack")]
    [InlineData("{% set ns = namespace(a=[], b=[]) %}{% for i in range(20000) %}{% set ns.a = {1: ns.a} %}{% set ns.b = {1: ns.b} %}{% endfor %}{{ ns.a == ns.b }}", "stack")]
    [InlineData("{{ messages.append(1) }}", "change a value")]
    [InlineData("{{ ''.__class__.__mro__ }}", "undefined")]
    public void A_hostile_template_is_stopped(string source, string named)
    {
        ChatTemplate template = ChatTemplate.Parse(source, new TemplateLimits { Steps = 300_000, Time = TimeSpan.FromMinutes(5) }, TimeProvider.System);
        Assert.Contains(named, Assert.Throws<TemplateException>(() => template.Render([new ChatTurn(ChatTurn.User, "hi")], true, null, null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% include 'x' %}", "include")]
    [InlineData("{{ x | nothing }}", "nothing")]
    [InlineData("{{ x is nothing }}", "nothing")]
    [InlineData("{% if x %}", "endif")]
    [InlineData("{% endfor %}", "endfor")]
    [InlineData("{{ x", "not closed")]
    [InlineData("{{ 'x }}", "not closed")]
    [InlineData("a\n{{ (1, }}", "line 2")]
    [InlineData("{% break %}", "loop")]
    public void A_broken_template_is_refused_with_its_place(string source, string named) =>
        Assert.Contains(named, Assert.Throws<TemplateException>(() => ChatTemplate.Parse(source)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1", "+1")]
    [InlineData("0", " or 0")]
    [InlineData("1", " and 1")]
    [InlineData("1", "|int")]
    [InlineData("x", ".y")]
    [InlineData("x", "()")]
    public void A_chain_without_end_does_not_end_the_process(string first, string further) =>
        Assert.True(Record.Exception(() => ChatTemplate.Parse("{{ " + first + string.Concat(Enumerable.Repeat(further, 120_000)) + " }}").Render([], false, null, null)) is null or TemplateException);

    [Theory]
    [InlineData("'f'", 16)]
    [InlineData("'9'", 10)]
    public void A_text_of_more_digits_than_Python_reads_is_no_number(string digit, int radix) =>
        Assert.Equal("7|False", ChatTemplate.Parse($"{{{{ ({digit} * 4301)|int(7, {radix}) }}}}|{{{{ ({digit} * 4300)|int(7, {radix}) == 7 }}}}").Render([], false, null, null));

    [Fact]
    public void A_number_written_with_more_digits_than_Python_reads_is_refused() =>
        Assert.Contains("4300 digits", Assert.Throws<TemplateException>(() => ChatTemplate.Parse("{{ 0x" + new string('f', 900_000) + " }}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Brackets_nested_without_end_are_refused_and_do_not_end_the_process() =>
        Assert.Throws<TemplateException>(() => ChatTemplate.Parse("{{ " + new string('(', 100_000) + " }}"));

    [Fact]
    public void Text_in_a_message_is_never_rendered_again()
    {
        string prompt = Load("chatml").Render([new ChatTurn(ChatTurn.User, "{{ 7 * 7 }}{% raw %}")], false, null, null);
        Assert.Contains("{{ 7 * 7 }}{% raw %}", prompt, StringComparison.Ordinal);
    }

    private static ChatTemplate Load(string name) => ChatTemplate.Parse(File.ReadAllText(Path.Combine(Folder, name + ".jinja")));

    private static IEnumerable<JsonElement> Rows(string name) =>
        File.ReadLines(Path.Combine(Folder, "golden.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Where(row => row.GetProperty("template").GetString() == name);

    private static string Render(ChatTemplate template, JsonElement row)
    {
        Dictionary<string, object?> extra = row.TryGetProperty("extra", out JsonElement given) && given.ValueKind == JsonValueKind.Object ? Fields(given) : [];
        string? bos = row.GetProperty("bos_token").GetString(), eos = row.GetProperty("eos_token").GetString();
        bool prompt = row.GetProperty("add_generation_prompt").GetBoolean(), continues = extra.Remove("continue_final_message", out object? goesOn) && ((JsonElement)goesOn!).GetBoolean();
        List<IReadOnlyDictionary<string, object?>> messages = [.. row.GetProperty("messages").EnumerateArray().Select(Fields)];
        if (row.TryGetProperty("environment_only", out JsonElement only) && only.GetBoolean()) return template.RenderRaw(messages, prompt, bos, eos, extra);
        return continues ? template.RenderContinuing(messages, bos, eos, extra) : template.RenderMessages(messages, prompt, bos, eos, extra);
    }

    private static Dictionary<string, object?> Fields(JsonElement row) =>
        row.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : (object?)field.Value);
}
