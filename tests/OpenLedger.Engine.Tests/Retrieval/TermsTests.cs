using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public class TermsTests
{
    [Theory]
    [InlineData(TextAnalysis.Plain, "The B12's dose: 2.5 mg", new[] { "the", "b12", "s", "dose", "2", "5", "mg" })]
    [InlineData(TextAnalysis.Plain, "Perché no? 漢字 x", new[] { "perché", "no", "漢", "字", "x" })]
    [InlineData(TextAnalysis.English, "The treatments of infected patients", new[] { "treatment", "infect", "patient" })]
    [InlineData(TextAnalysis.Italian, "dell'infezione le malattie malattia", new[] { "infezion", "malatt", "malatt" })]
    public void Words_become_terms(TextAnalysis analysis, string text, string[] terms) => Assert.Equal(terms, Terms.Of(text, analysis));
}
