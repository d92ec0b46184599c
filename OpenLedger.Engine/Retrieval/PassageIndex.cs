using System.Text;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Retrieval;

/// <summary>The passages of one Datanet version with what finds them by words and by meaning. It never changes once built. Knows nothing of files.</summary>
public sealed class PassageIndex
{
    // Passages are embedded in runs of this many: enough for full batches, few enough that progress moves and cancelling is quick.
    private const int EmbedAtOnce = 256;

    internal PassageIndex(string datanetId, Sha256Hash root, Sha256Hash model, IndexOptions options, IReadOnlyList<Passage> passages, IReadOnlyDictionary<string, Sha256Hash> rows, VectorIndex vectors)
    {
        (DatanetId, Root, Model, Options, Passages, Rows, Vectors) = (datanetId, root, model, options, passages, rows, vectors);
        foreach (Passage passage in passages) Words.Add(Terms.Of(passage.Indexed, options.Analysis));
    }

    /// <summary>The Datanet it is of.</summary>
    public string DatanetId { get; }

    /// <summary>The Merkle root of the version it is of.</summary>
    public Sha256Hash Root { get; }

    /// <summary>The hash of the embedding model that made the vectors.</summary>
    public Sha256Hash Model { get; }

    public IndexOptions Options { get; }

    /// <summary>In the order of the version's rows.</summary>
    public IReadOnlyList<Passage> Passages { get; }

    internal Bm25 Words { get; } = new();

    internal VectorIndex Vectors { get; }

    /// <summary>What each row's passages were cut from, by row id: a row that has not changed is not embedded again.</summary>
    internal IReadOnlyDictionary<string, Sha256Hash> Rows { get; }

    /// <summary>Indexes a version's rows.</summary>
    /// <param name="datanetId">The Datanet.</param>
    /// <param name="root">The version's Merkle root.</param>
    /// <param name="rows">Its rows, each id once.</param>
    /// <param name="model">Embeds passages, and later questions.</param>
    /// <param name="options">How to index.</param>
    /// <param name="previous">An index of an earlier version, whose vectors serve the rows that both have.</param>
    /// <param name="progress">Gets the passages done, of how many.</param>
    /// <param name="cancel">Looked at between batches.</param>
    public static PassageIndex Build(
        string datanetId, Sha256Hash root, IReadOnlyList<PassageSource> rows, EmbeddingModel model, IndexOptions? options = null,
        PassageIndex? previous = null, IProgress<(int Done, int Of)>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        Chunker chunker = new(model.CountTokens, options.Chunks);
        Dictionary<string, Sha256Hash> hashes = rows.ToDictionary(row => row.RowId, HashOf, StringComparer.Ordinal);
        Dictionary<(string, TextSpan), int> known = Known(previous, hashes, model, options);
        HashSet<string> unchanged = [.. known.Keys.Select(key => key.Item1)];
        ILookup<string, Passage>? before = previous?.Passages.ToLookup(passage => passage.RowId);
        Passage[] passages = [.. rows.SelectMany(row => unchanged.Contains(row.RowId) ? before![row.RowId].Select(passage => passage with { Contributor = row.Contributor }) : chunker.Cut(row))];
        VectorIndex vectors = new(model.Width);
        foreach (Passage[] run in passages.Chunk(EmbedAtOnce))
        {
            Embed(run, vectors, known, previous, model, cancel);
            progress?.Report((vectors.Count, passages.Length));
        }

        return new(datanetId, root, model.Hash, options, passages, hashes, vectors);
    }

    private static void Embed(Passage[] run, VectorIndex vectors, Dictionary<(string, TextSpan), int> known, PassageIndex? previous, EmbeddingModel model, CancellationToken cancel)
    {
        Passage[] unseen = [.. run.Where(passage => !known.ContainsKey((passage.RowId, passage.Span)))];
        Queue<float[]> made = new(model.Embed([.. unseen.Select(passage => passage.Indexed)], cancel));
        foreach (Passage passage in run)
            vectors.Add(known.TryGetValue((passage.RowId, passage.Span), out int number) ? previous!.Vectors[number] : made.Dequeue());
    }

    private static Dictionary<(string, TextSpan), int> Known(PassageIndex? previous, Dictionary<string, Sha256Hash> hashes, EmbeddingModel model, IndexOptions options)
    {
        Dictionary<(string, TextSpan), int> known = [];
        if (previous is null || previous.Model != model.Hash || previous.Options.Chunks != options.Chunks) return known;
        for (int i = 0; i < previous.Passages.Count; i++)
        {
            Passage passage = previous.Passages[i];
            if (hashes.TryGetValue(passage.RowId, out Sha256Hash hash) && previous.Rows[passage.RowId] == hash) known[(passage.RowId, passage.Span)] = i;
        }

        return known;
    }

    // The body's start is part of what is hashed: moving it moves every passage.
    private static Sha256Hash HashOf(PassageSource row) => Sha256Hash.Of(Encoding.UTF8.GetBytes($"{row.BodyStart}\n{row.Text}"));
}
