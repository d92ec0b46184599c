using System.Numerics;

namespace OpenLedger.Journeys;

/// <summary>Goes the whole way from rows to coins as the people who would: a contributor, a developer with a wallet extension, an admin and a guest.</summary>
[Trait("Kind", "Loop")]
[Collection(AfterTheLoop.Name)]
public sealed class LoopTests(LoopFixture loop)
{
    private static readonly BigInteger _mostGas = BigInteger.Pow(10, 15); // 0.001 OPEN, less than half of what the claim brings

    [Fact]
    public async Task Rows_become_a_model_whose_answers_pay_and_the_coins_arrive_and_can_be_traced()
    {
        LoopStory story = await loop.PlayedAsync();

        Assert.InRange(story.Before + story.Offered - story.After, 0, _mostGas);
        Assert.NotEmpty(story.Passed);
        Assert.Empty(story.Failed);
        Assert.Empty(story.Troubles);
    }
}
