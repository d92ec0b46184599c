using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public class VectorIndexTests
{
    [Fact]
    public void Scores_are_dot_products_and_the_best_come_first()
    {
        VectorIndex index = new(2);
        foreach (float[] vector in new float[][] { [1, 0], [0, 1], [0.6f, 0.8f], [-1, 0], [0.6f, 0.8f] }) index.Add(vector);
        float[] scores = index.Score([0.6f, 0.8f]);
        Assert.Equal([0.6f, 0.8f, 1f, -0.6f, 1f], scores.Select(score => MathF.Round(score, 5)));
        Assert.Equal([2, 4, 1], Ranking.Top<float>(scores, 3, -2));
        Assert.Equal([2, 4, 1, 0], Ranking.Top<float>(scores, 9, 0));
    }

    [Fact]
    public void A_vector_of_another_width_is_refused() => Assert.Throws<ArgumentException>(() => new VectorIndex(3).Add([1, 2]));
}
