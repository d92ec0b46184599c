namespace OpenLedger.Journeys;

/// <summary>Goes the whole way from rows to coins as the people who would: a contributor, a developer with a wallet extension, an admin and a guest.</summary>
[Trait("Kind", "Loop")]
[Collection(AfterTheLoop.Name)]
public sealed class LoopTests(LoopFixture loop)
{
    [Fact]
    public async Task Rows_become_a_model_whose_answers_pay_and_the_coins_arrive_and_can_be_traced()
    {
        LoopStory story = await loop.PlayedAsync();

        Assert.True(story.After > story.Before, "The claim is booked, but the wallet holds no more than before.");
        Assert.NotEmpty(story.Passed);
        Assert.Empty(story.Failed);
        Assert.Empty(story.Troubles);
    }
}
