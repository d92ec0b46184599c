using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public class SupportCheckTests
{
    private const string Thyroid = "Hypothyroidism is treated with a medicine called levothyroxine, which replaces the missing hormone. Doctors check the dose every 6 to 8 weeks. It is not contagious.";
    private const string Asthma = "Asthma makes the airways swell. It is treated with inhalers that open the airways.";

    private static readonly RetrievedPassage[] Passages = [Retrieved("thyroid", Thyroid, 100), Retrieved("asthma", Asthma, 0)];

    private static readonly SupportCheck Check = new(Embedder.Model, refusals: ["The rows do not say."]);

    [Theory]
    [InlineData("Doctors check the dose every 6 to 8 weeks.", SupportVerdict.Supported, 0)]
    [InlineData("It is treated with inhalers that open the airways.", SupportVerdict.Supported, 1)]
    [InlineData("An underactive thyroid is treated with a medicine called levothyroxine, which replaces the hormone.", SupportVerdict.Supported, 0)]
    [InlineData("Doctors check the dose every 2 years.", SupportVerdict.NotSupported, 0)]
    [InlineData("Doctors check the dose every 6 to 9 weeks.", SupportVerdict.NotSupported, 0)]
    [InlineData("Hypothyroidism is not treated with a medicine called levothyroxine, which replaces the missing hormone.", SupportVerdict.NotSupported, 0)]
    [InlineData("Eating more fish cures it within days.", SupportVerdict.NotSupported, null)]
    public void A_sentence_is_held_against_the_passages(string sentence, SupportVerdict verdict, int? passage)
    {
        SentenceSupport support = Assert.Single(Check.Check(sentence, Passages).Sentences);
        Assert.Equal(verdict, support.Verdict);
        if (passage is not null) Assert.Equal(passage, support.Passage);
    }

    [Theory]
    [InlineData("The rows do not say.")]
    [InlineData("the rows do not say")]
    [InlineData("Would you like to know more?")]
    [InlineData("The treatments are:")]
    public void A_sentence_that_claims_nothing_needs_no_support(string sentence) =>
        Assert.Equal(SupportVerdict.NothingClaimed, Assert.Single(Check.Check(sentence, Passages).Sentences).Verdict);

    [Fact]
    public void Evidence_is_a_span_of_the_row_that_says_it()
    {
        SentenceSupport support = Assert.Single(Check.Check("Doctors check the dose every 6 to 8 weeks.", Passages).Sentences);
        string row = new string(' ', 100) + Thyroid;
        Assert.Equal("Doctors check the dose every 6 to 8 weeks.", support.Evidence!.Value.Of(row));
    }

    [Fact]
    public void Without_passages_nothing_is_supported() =>
        Assert.All(Check.Check("It is rare. It is mild.", []).Sentences, sentence => Assert.Equal((SupportVerdict.NotSupported, (int?)null), (sentence.Verdict, sentence.Passage)));

    [Fact]
    public void Citations_stand_after_the_sentences_they_support_and_nowhere_else()
    {
        const string Answer = "Doctors check the dose every 6 to 8 weeks. Fish cures it. It is treated with inhalers that open the airways!";
        CitedAnswer cited = PlaceCitations.In(Check.Check(Answer, Passages));
        Assert.Equal("Doctors check the dose every 6 to 8 weeks. [1] Fish cures it. It is treated with inhalers that open the airways! [2]", cited.Text);
        Assert.Equal(["[1]", "[2]"], cited.Citations.Select(citation => citation.Mark.Of(cited.Text)));
        Assert.Equal("It is treated with inhalers that open the airways!", cited.Citations[1].Sentence.Of(cited.Text));
        Assert.Equal("asthma", cited.Citations[1].Passage.Passage.RowId);
        Assert.Equal("It is treated with inhalers that open the airways.", cited.Citations[1].Evidence.Of(Asthma));
    }

    [Fact]
    public void A_models_own_citations_are_taken_out() =>
        Assert.Equal("It is rare. It is mild.", PlaceCitations.Without("It is rare [1]. It is mild. [2, 3]"));

    [Fact]
    public void Rows_are_weighed_by_what_they_support_and_an_unused_row_weighs_nothing()
    {
        AnswerSupport support = Check.Check("Doctors check the dose every 6 to 8 weeks.", Passages);
        Assert.Equal([("d/thyroid", 5_000_000), ("d/asthma", 0)], PassageWeights.Of(support).Select(row => (row.Row, (int)row.Weight)));
    }

    [Fact]
    public void Where_no_sentence_is_supported_retrieval_alone_decides_and_a_refusal_used_nothing()
    {
        Assert.Equal([500_000, 500_000], PassageWeights.Of(Check.Check("Fish cures it.", Passages)).Select(row => (int)row.Weight));
        Assert.Equal([0, 0], PassageWeights.Of(Check.Check("The rows do not say.", Passages)).Select(row => (int)row.Weight));
    }

    [Fact]
    public void The_supported_share_counts_words_that_claim_something()
    {
        AnswerSupport support = Check.Check("Doctors check the dose every 6 to 8 weeks. Fish cures it now. Why?", Passages);
        Assert.Equal(9 / 13.0, support.SupportedShare!.Value, 1e-9);
        Assert.Null(Check.Check("Why?", Passages).SupportedShare);
    }

    private static RetrievedPassage Retrieved(string row, string text, int start) =>
        new("d", Sha256Hash.Of("v"u8), new Passage(row, new TextSpan(start, text.Length, start, text.Length), text, "", "0x" + row), 1, 3, 0.6, 0.02, 1);
}
