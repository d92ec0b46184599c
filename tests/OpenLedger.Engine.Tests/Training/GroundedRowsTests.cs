using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class GroundedRowsTests
{
    private static readonly Tokenizer Words = Tokenizer.FromJson(Fixture.Starter("models/SmolLM2-135M-Instruct/tokenizer.json"));

    private static readonly string[] Subjects = ["gout", "asthma", "anemia", "vertigo", "eczema", "scurvy", "rabies", "tetanus", "lupus", "stroke"];

    private static readonly DatanetRow[] Rows = [.. Subjects.Select((subject, i) => Row($"row-{i}", subject))];

    [Fact]
    public void An_answer_quotes_a_passage_of_its_own_row_in_the_prompt()
    {
        foreach (DatanetRow built in Build(new() { RefusalShare = 0 }))
        {
            DatanetRow source = Rows.Single(row => row.Id == built.Id);
            string answer = built.Turns[^1].Content, prompt = built.Turns[^2].Content;
            Assert.Contains(answer, source.Turns[1].Content, StringComparison.Ordinal);
            Assert.Contains(answer, prompt, StringComparison.Ordinal);
            Assert.Contains(source.Turns[0].Content, prompt, StringComparison.Ordinal);
            Assert.True(Words.Encode(answer).Length <= 70);
            Assert.Equal(source.Contributor, built.Contributor);
        }
    }

    [Fact]
    public void A_refusal_stands_where_no_passage_is_of_the_row()
    {
        foreach (DatanetRow built in Build(new() { RefusalShare = 1 }))
        {
            Assert.Equal(GroundedPrompt.Refusal, built.Turns[^1].Content);
            string subject = Subjects[int.Parse(built.Id[4..], System.Globalization.CultureInfo.InvariantCulture)];
            Assert.DoesNotContain($"{subject} shows itself", built.Turns[^2].Content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_right_passage_has_no_fixed_place()
    {
        IEnumerable<bool> first = Build(new() { RefusalShare = 0, MaxPassages = 4 })
            .Select(row => row.Turns[^2].Content.IndexOf(row.Turns[^1].Content, StringComparison.Ordinal) < row.Turns[^2].Content.Length / 2);
        Assert.Equal(2, first.Distinct().Count());
    }

    [Fact]
    public void One_seed_gives_one_set_and_another_seed_another()
    {
        static string Text(IEnumerable<DatanetRow> rows) => string.Join('\n', rows.Select(row => row.Id + row.Turns[^2].Content));
        Assert.Equal(Text(Build(new())), Text(Build(new())));
        Assert.NotEqual(Text(Build(new())), Text(Build(new() { Seed = 7 })));
    }

    [Fact]
    public void Texts_and_longer_talks_are_left_out()
    {
        DatanetRow text = new("text", [], "Only a text.", "0x01"), talk = Rows[0] with { Turns = [.. Rows[0].Turns, .. Rows[0].Turns] };
        Assert.Equal(0, new GroundedRows([text, talk], Words, new()).Usable);
    }

    private static IReadOnlyList<DatanetRow> Build(GroundedOptions options) => new GroundedRows(Rows, Words, options).Build();

    private static DatanetRow Row(string id, string subject) => new(
        id,
        [
            new(ChatTurn.User, $"What are the signs of {subject}?"),
            new(ChatTurn.Assistant, string.Join(' ', Enumerable.Range(1, 9).Select(n => $"Sign number {n} by which {subject} shows itself is described by many doctors in their books."))),
        ],
        null,
        "0x01");
}
