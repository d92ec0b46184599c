using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public class RetrieverTests
{
    private static readonly PassageIndex Eyes = Index(
        "eyes",
        PassageIndexTests.Row("glaucoma", "What is glaucoma?", "Glaucoma is a group of diseases that can damage the eye's optic nerve.", "0xeye"),
        PassageIndexTests.Row("cataract", "What is a cataract?", "A cataract is a clouding of the lens in the eye that affects vision.", "0xeye"));

    private static readonly PassageIndex Lungs = Index(
        "lungs",
        PassageIndexTests.Row("asthma", "What are the symptoms of asthma?", "Asthma makes you wheeze, cough and feel short of breath.", "0xlung"),
        PassageIndexTests.Row("copd", "What causes COPD?", "Smoking is the most common cause of chronic obstructive pulmonary disease.", "0xlung"));

    [Theory]
    [InlineData("What are the symptoms of asthma?", "lungs/asthma")]
    [InlineData("my lens is clouding, is it a cataract", "eyes/cataract")]
    [InlineData("does smoking lead to COPD", "lungs/copd")]
    public void The_row_that_answers_comes_first_whichever_datanet_has_it(string question, string row)
    {
        RetrievalResult result = new Retriever(Embedder.Model, [Eyes, Lungs]).Find(question);
        Assert.Equal(row, result.Passages[0].Row);
        Assert.Equal(Enumerable.Range(1, result.Passages.Count), result.Passages.Select(passage => passage.Rank));
    }

    [Theory]
    [InlineData("Who won the football match last night?")]
    [InlineData("How do I reverse a list in Python?")]
    [InlineData("")]
    public void Nothing_relevant_is_a_value_that_still_names_the_nearest(string question)
    {
        RetrievalResult result = new Retriever(Embedder.Model, [Eyes, Lungs]).Find(question);
        Assert.True(result.NothingRelevant);
        Assert.NotNull(result.Nearest);
    }

    [Fact]
    public void An_empty_collection_has_nothing_and_no_nearest()
    {
        RetrievalResult result = new Retriever(Embedder.Model, []).Find("anything");
        Assert.True(result.NothingRelevant);
        Assert.Null(result.Nearest);
    }

    [Fact]
    public void Every_score_is_kept()
    {
        RetrievedPassage best = new Retriever(Embedder.Model, [Eyes, Lungs]).Find("What is glaucoma?").Passages[0];
        Assert.True(best.Bm25 > 0);
        Assert.InRange(best.Cosine, 0.7, 1.0001);
        Assert.Equal(1, best.Coverage, 1e-9);
        Assert.Equal(2 / 61.0, best.Fused, 1e-12);   // first by words and by meaning
        Assert.Equal(("0xeye", Eyes.Root), (best.Passage.Contributor, best.VersionRoot));
    }

    [Fact]
    public void One_long_row_does_not_push_all_others_out()
    {
        string much = string.Join(' ', Enumerable.Range(1, 30).Select(i => $"Asthma attack number {i} makes the airways swell and the chest feel very tight for a while."));
        PassageIndex index = Index("long", PassageIndexTests.Row("much", "What is asthma?", much, "0x1"), PassageIndexTests.Row("little", "What is asthma?", "Asthma is a disease of the airways.", "0x2"));
        RetrievalResult result = new Retriever(Embedder.Model, [index]).Find("What is asthma?");
        Assert.Equal(2, result.Passages.Count(passage => passage.Passage.RowId == "much"));
        Assert.Contains(result.Passages, passage => passage.Passage.RowId == "little");
    }

    internal static PassageIndex Index(string datanet, params PassageSource[] rows) => PassageIndex.Build(datanet, Sha256Hash.Of(System.Text.Encoding.UTF8.GetBytes(datanet)), rows, Embedder.Model);
}
