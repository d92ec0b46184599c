using System.Numerics;
using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Serving;

/// <summary>
/// The record of one answer: which weights gave it, from what, to what, at which price. Texts appear only as hashes. Knows nothing of who asked.
/// </summary>
/// <param name="Parent">What it stands on: the first adapter's manifest, or the base's hash where no adapter answered.</param>
/// <param name="Time">UTC, in Unix milliseconds.</param>
/// <param name="BaseHash">SHA-256 of the base's weights.</param>
/// <param name="Adapters">The adapters that answered, with their weights among each other.</param>
/// <param name="PromptHash">SHA-256 of the prompt's text in UTF-8.</param>
/// <param name="OutputHash">SHA-256 of the answer's text in UTF-8.</param>
/// <param name="TokensIn">Tokens read.</param>
/// <param name="TokensOut">Tokens written.</param>
/// <param name="Fee">The price in its parts.</param>
/// <param name="Passages">The passages that stood in the prompt, in its order.</param>
/// <param name="Sampling">How tokens were chosen, the seed named.</param>
/// <param name="Version">The layout of this record.</param>
public sealed record InferenceReceipt(
    Sha256Hash Parent, long Time, Sha256Hash BaseHash, IReadOnlyList<ReceiptAdapter> Adapters, Sha256Hash PromptHash, Sha256Hash OutputHash,
    int TokensIn, int TokensOut, ReceiptFee Fee, IReadOnlyList<ReceiptPassage> Passages, SamplingOptions Sampling, int Version = 1)
{
    /// <summary>The record's id: SHA-256 over its canonical JSON.</summary>
    [JsonIgnore]
    public Sha256Hash Id => CanonicalJson.HashOf(this);

    /// <summary>The receipt of an answer.</summary>
    /// <param name="baseHash">SHA-256 of the base's weights.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="prompt">The prompt's text.</param>
    /// <param name="output">The answer's text.</param>
    /// <param name="summary">What it came to.</param>
    /// <param name="fee">What it costs.</param>
    /// <param name="passages">What stood in the prompt.</param>
    /// <param name="time">UTC, in Unix milliseconds.</param>
    public static InferenceReceipt Of(
        Sha256Hash baseHash, GenerationRequest request, string prompt, string output, GenerationSummary summary, ReceiptFee fee, IReadOnlyList<RetrievedPassage> passages, long time) =>
        Of(baseHash, request.Adapter is { } adapter ? [new ReceiptAdapter(adapter.Id, adapter.Hash, ReceiptAdapter.Whole)] : [], request.Sampling, prompt, output, summary, fee, passages, time);

    /// <inheritdoc cref="Of(Sha256Hash, GenerationRequest, string, string, GenerationSummary, ReceiptFee, IReadOnlyList{RetrievedPassage}, long)"/>
    public static InferenceReceipt Of(
        Sha256Hash baseHash, IReadOnlyList<ReceiptAdapter> adapters, SamplingOptions sampling, string prompt, string output, GenerationSummary summary, ReceiptFee fee,
        IReadOnlyList<RetrievedPassage> passages, long time) => new(
            adapters.Count > 0 ? adapters[0].Id : baseHash, time, baseHash, adapters, HashOf(prompt), HashOf(output), summary.TokensIn, summary.TokensOut, fee,
            [.. passages.Select(passage => new ReceiptPassage(passage.Row, passage.VersionRoot, HashOf(passage.Passage.Text)))], sampling with { Seed = summary.Seed });

    private static Sha256Hash HashOf(string text) => Sha256Hash.Of(System.Text.Encoding.UTF8.GetBytes(text));
}

/// <summary>An adapter in a receipt.</summary>
/// <param name="Id">Its manifest's id.</param>
/// <param name="Hash">SHA-256 of its weights and configuration.</param>
/// <param name="Weight">Its weight among those that answered, in basis points.</param>
public sealed record ReceiptAdapter(Sha256Hash Id, Sha256Hash Hash, int Weight)
{
    /// <summary>The weight of an adapter that answered alone.</summary>
    public const int Whole = 10_000;
}

/// <summary>A call's price in its parts, in wei.</summary>
public sealed record ReceiptFee(
    [property: JsonConverter(typeof(WholeNumberJson))] BigInteger In, [property: JsonConverter(typeof(WholeNumberJson))] BigInteger Out, [property: JsonConverter(typeof(WholeNumberJson))] BigInteger Platform);

/// <summary>A passage in a receipt.</summary>
/// <param name="Row">The row across Datanets.</param>
/// <param name="VersionRoot">The Merkle root of the version it was found in.</param>
/// <param name="Hash">SHA-256 of the passage's text in UTF-8.</param>
public sealed record ReceiptPassage(string Row, Sha256Hash VersionRoot, Sha256Hash Hash);
