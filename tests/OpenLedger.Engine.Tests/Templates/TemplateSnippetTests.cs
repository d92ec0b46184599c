using System.Text.Json;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Tests.Templates;

/// <summary>A thousand small templates render as Jinja2 itself renders them, or fail where it fails.</summary>
public class TemplateSnippetTests
{
    [Fact]
    public void Each_snippet_renders_as_in_Jinja2()
    {
        using JsonDocument context = JsonDocument.Parse(File.ReadAllText(Fixture.Path("templates/snippets-context.json")));
        Dictionary<string, object?> values = context.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => (object?)field.Value);
        List<string> wrong = [];
        foreach (string line in File.ReadLines(Fixture.Path("templates/snippets.jsonl")))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            string source = row.RootElement.GetProperty("source").GetString()!;
            string? expected = row.RootElement.TryGetProperty("rendered", out JsonElement rendered) ? rendered.GetString() : null, found = Render(source, values);
            if (expected != found) wrong.Add($"{source}\n  {expected ?? "an error"}, not {found ?? "an error"}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_generator_can_be_gone_through_once() =>
        Assert.Equal("['1', '2']|[]", Render("{% set texts = [1, 2]|map('string') %}{{ texts|list }}|{{ texts|list }}", []));

    [Theory] // rendered by Jinja2 3.1.6
    [InlineData("\né\n{#-#} \n é", "\né \n é")]
    [InlineData("{#+#}\nx", "x")]
    [InlineData("a\n{#- -#}\n b", "ab")]
    public void The_sign_of_an_empty_comment_is_its_beginning_s(string source, string rendered) => Assert.Equal(rendered, Render(source, []));

    [Theory] // by Python 3
    [InlineData("{{ '%.17e' % 0.1 }}", "1.00000000000000006e-01")]
    [InlineData("{{ '%.20g' % 0.1 }}", "0.10000000000000000555")]
    [InlineData("{{ '%g' % 1e100 }}", "1e+100")]
    [InlineData("{{ '%.3E' % -12345.678 }}", "-1.235E+04")]
    [InlineData("{{ '%.0e' % 12345.0 }}", "1e+04")]
    public void A_float_is_written_with_all_the_digits_that_are_asked_for(string source, string rendered) => Assert.Equal(rendered, Render(source, []));

    [Theory] // by Python 3
    [InlineData("range(0, 5, 2)", "range(0, 5, 2)")]
    [InlineData("range(3, 3)", "range(3, 3)")]
    [InlineData("range(5, 0, -2)", "range(5, 0, -2)")]
    [InlineData("range(0, 5, 2)[::2]", "range(0, 6, 4)")]
    [InlineData("range(10)[2:5]", "range(2, 5)")]
    [InlineData("range(10)[::-1]", "range(9, -1, -1)")]
    [InlineData("range(10)[-3:100:4]", "range(7, 10, 4)")]
    [InlineData("range(5)[3:1]", "range(3, 1)")]
    public void A_range_is_written_with_the_numbers_it_was_made_of(string range, string written) => Assert.Equal(written, Render($"{{{{ {range} }}}}", []));

    [Fact]
    public void A_loop_calls_itself_for_what_lies_deeper() =>
        Assert.Equal("a1(b2()c2())", Render("{% for node in tree recursive %}{{ node.name }}{{ loop.depth }}({{ loop(node.below) }}){% endfor %}",
            new() { ["tree"] = JsonSerializer.Deserialize<JsonElement>("""[{"name":"a","below":[{"name":"b","below":[]},{"name":"c","below":[]}]}]""") }));

    private static string? Render(string source, Dictionary<string, object?> values)
    {
        try
        {
            return ChatTemplate.Parse(source).Render([], false, null, null, values);
        }
        catch (TemplateException)
        {
            return null;
        }
    }
}
