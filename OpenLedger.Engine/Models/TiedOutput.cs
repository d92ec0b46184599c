namespace OpenLedger.Engine.Models;

/// <summary>Decides whether an output layer that should be the embedding is it: a file that brings another one means that. Changes no weights.</summary>
internal static class TiedOutput
{
    private const int ChunkNumbers = 1 << 18;

    /// <summary>The configuration as the file's own weights have it, by transformers 5's rule; an equal copy stays tied.</summary>
    public static ModelConfig Of(ModelConfig config, WeightNames names, IWeightFile file)
    {
        (string head, string embedding) = ($"{names.Head}.weight", $"{names.Embedding}.weight");
        if (!config.TiedHead || file.Shape(head) is not { } own || file.Shape(embedding) is not { } table) return config;
        return own.SequenceEqual(table) && AreEqual(file, head, embedding, own.Aggregate(1L, (a, b) => a * b)) ? config : config with { TiedHead = false };
    }

    private static bool AreEqual(IWeightFile file, string one, string other, long count)
    {
        float[] first = new float[ChunkNumbers], second = new float[ChunkNumbers];
        for (long start = 0; start < count; start += ChunkNumbers)
        {
            int length = (int)Math.Min(ChunkNumbers, count - start);
            file.Read(one, start, first.AsSpan(0, length));
            file.Read(other, start, second.AsSpan(0, length));
            if (!first.AsSpan(0, length).SequenceEqual(second.AsSpan(0, length))) return false;
        }
        return true;
    }
}
