using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Models;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;
using OpenLedger.Studio.Tests.Features.Export;
using OpenLedger.Studio.Tests.Features.Training;

namespace OpenLedger.Studio.Tests.Features.Adapters;

/// <summary>What licences let people do with what is made of data and models, and who is asked where nobody knows.</summary>
public class SellingTests
{
    private static readonly AdapterTerms _terms = AdapterTerms.Usual with { Summary = "It counts." };

    [Theory]
    [InlineData("Apache-2.0", Permission.Given, Permission.Given)]
    [InlineData("apache 2.0", Permission.Given, Permission.Given)]
    [InlineData("CC-BY-NC-SA-4.0", Permission.Given, Permission.Denied)]
    [InlineData("cc-by-nc-2.0", Permission.Given, Permission.Denied)]
    [InlineData("cc-by-nc-nd-4.0", Permission.Denied, Permission.Denied)]
    [InlineData("cc-by-nd-4.0", Permission.Denied, Permission.Denied)]
    [InlineData("cc-by-sa-3.0", Permission.Given, Permission.Given)]
    [InlineData("llama3.2", Permission.Given, Permission.Given)]
    [InlineData("gemma", Permission.Given, Permission.Given)]
    [InlineData("qwen-research", Permission.Given, Permission.Denied)]
    [InlineData("bigscience-bloom-rail-1.0", Permission.Given, Permission.Given)]
    [InlineData("falcon-llm-license", Permission.Given, Permission.Given)]
    [InlineData("other", Permission.Unsaid, Permission.Unsaid)]
    [InlineData("not stated", Permission.Unsaid, Permission.Unsaid)]
    [InlineData("mit-like", Permission.Unsaid, Permission.Unsaid)]
    [InlineData("bsd-3-clause", Permission.Given, Permission.Given)]
    [InlineData("GPL-3.0-or-later", Permission.Given, Permission.Given)]
    [InlineData("gpl-2.0+", Permission.Given, Permission.Given)]
    [InlineData("cc-by-sa-like", Permission.Unsaid, Permission.Unsaid)]
    [InlineData("CC-BY-SA-NC-4.0", Permission.Unsaid, Permission.Denied)]
    [InlineData("CC-BY-4.0 and CC-BY-NC-4.0", Permission.Unsaid, Permission.Denied)]
    [InlineData("llama3.1-nc", Permission.Unsaid, Permission.Denied)]
    [InlineData("bsd-noncommercial", Permission.Unsaid, Permission.Denied)]
    [InlineData("BSD 3-clause, Non-Commercial", Permission.Unsaid, Permission.Denied)]
    [InlineData("mit, no commercial use", Permission.Unsaid, Permission.Denied)]
    [InlineData("Some Lab Research License", Permission.Unsaid, Permission.Denied)]
    public void A_licence_says_what_may_be_trained_and_sold_and_an_unknown_one_says_nothing(string licence, Permission train, Permission charge)
    {
        LicenceTerms terms = LicenceTerms.Of(licence);
        Assert.Equal((train, charge), (terms.Train, terms.Charge));
    }

    [Fact]
    public void Of_licences_that_hold_together_each_is_told_and_not_the_whole_as_one_unknown_name()
    {
        Assert.Equal("Apache 2.0: may be trained on and sold, with credit. MIT: may be trained on and sold, with credit", LicenceExpression.TermsInWords("Apache-2.0 AND MIT"));
        Assert.Equal("may be trained on and sold, with credit", LicenceExpression.TermsInWords("mit"));
        Assert.StartsWith("not known here", LicenceExpression.TermsInWords(""), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_Studio_offers_itself_is_known()
    {
        Assert.All(CuratedModel.All.Select(model => model.Licence).Concat(Licence.All.Select(licence => licence.Id)), licence => Assert.NotEqual(Permission.Unsaid, LicenceTerms.Of(licence).Charge));
        Assert.Equal(Permission.Denied, LicenceTerms.Of("CC-BY-NC-4.0").Charge);
    }

    [Fact]
    public async Task A_bases_own_licence_is_asked_though_an_adapter_does_not_carry_it()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        world.Catalogue.Write(c => c.Models.Change(TinyWorld.BaseId, on => on with { Licence = "qwen-research" }));
        PublishedAdapter refused = await PublishAsync(world, _terms with { VouchedFor = ["qwen-research"] }); // a word changes nothing where the licence says no
        Assert.StartsWith("What it was made of does not allow selling: Qwen research licence (the base Tiny).", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_an_unknown_licence_is_published_until_its_owner_answers_for_it_in_the_log()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        world.Catalogue.Write(c => c.Models.Change(TinyWorld.BaseId, on => on with { Licence = "other" }));
        Assert.StartsWith("Nobody here knows whether other (the base Tiny) allows selling", (await PublishAsync(world, _terms)).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await PublishAsync(world, _terms with { VouchedFor = ["another"] })).Refusal);

        LicenceWord word = (await PublishAsync(world, _terms with { VouchedFor = ["other"] })).Model!.LicenceWord!;
        Assert.Equal(("one", TinyWorld.Owner.Key), (word.Model, word.By));
        LogRow logged = await world.Get<LedgerReader>().ReadAsync(db => Task.FromResult(db.Log.Single(row => row.Kind == PublishAdapter.WordKind)));
        Assert.Equal(CanonicalJson.Serialize(word), logged.Json);
        Assert.Equal(CanonicalJson.Serialize(word), CanonicalJson.Serialize((await PublishAsync(world, _terms)).Model!.LicenceWord!)); // given once
    }

    [Fact]
    public async Task A_base_of_which_nothing_may_be_made_teaches_nothing()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        world.Catalogue.Write(c => c.Models.Change(TinyWorld.BaseId, on => on with { Licence = "cc-by-nd-4.0" }));
        RecipeProblem problem = Assert.Single(world.Get<CheckTraining>().Problems(TrainingWorld.TwoSteps with { BaseId = TinyWorld.BaseId }, TinyWorld.Owner), one => one.Field == nameof(TrainingInput.BaseId));
        Assert.Equal("'Tiny' is under cc-by-nd-4.0, and nothing that is made of it may be shared. Choose another base.", problem.Message);
    }

    private static Task<PublishedAdapter> PublishAsync(TinyWorld world, AdapterTerms terms) => world.Get<PublishAdapter>().PublishAsync(TinyWorld.Owner, "one", terms, TinyWorld.Cancel);
}
