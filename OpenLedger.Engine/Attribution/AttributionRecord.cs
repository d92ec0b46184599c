using System.Numerics;
using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Attribution;

/// <summary>The record that says who earned by one call and why: the same inputs give the same bytes. Knows nothing of chains and balances.</summary>
/// <param name="Parent">The id of the receipt it belongs to.</param>
/// <param name="Time">UTC, in Unix milliseconds.</param>
/// <param name="Policy">SHA-256 of the share policy's canonical JSON.</param>
/// <param name="Fee">What the caller paid, in wei.</param>
/// <param name="Methods">How scores were measured, by kind of evidence.</param>
/// <param name="ComputedFrom">Hashes of what the scores were computed from, by name: adapter manifests, dataset roots, the retrieval index.</param>
/// <param name="Rows">The rows with the largest shares, largest first, ties by score, then kind, model and id.</param>
/// <param name="Residual">The other rows.</param>
/// <param name="Payments">What each address gets, by ascending address; they sum to the fee.</param>
/// <param name="Version">The layout of this record.</param>
public sealed record AttributionRecord(
    Sha256Hash Parent, long Time, Sha256Hash Policy, [property: JsonConverter(typeof(WholeNumberJson))] BigInteger Fee,
    IReadOnlyList<AttributionMethod> Methods, IReadOnlyDictionary<string, Sha256Hash> ComputedFrom,
    IReadOnlyList<AttributedRow> Rows, ResidualMass Residual, IReadOnlyList<Payment> Payments, int Version = 1)
{
    /// <summary>How many rows a record lists. The rest is in <see cref="Residual"/>.</summary>
    public const int ListedRows = 64;

    /// <summary>The record's id: SHA-256 over its canonical JSON.</summary>
    [JsonIgnore]
    public Sha256Hash Id => CanonicalJson.HashOf(this);

    /// <summary>Whether the payments sum to the fee and the rows' shares are no more than it.</summary>
    [JsonIgnore]
    public bool SharesSum =>
        Payments.Aggregate(BigInteger.Zero, (sum, payment) => sum + payment.Amount) == Fee
        && Rows.Aggregate(Residual.Share, (sum, row) => sum + row.Share) <= Fee;

    /// <summary>Writes down one split.</summary>
    /// <param name="receipt">The id of the receipt.</param>
    /// <param name="split">The fee in its parts.</param>
    /// <param name="evidence">The scores that the split was made from.</param>
    /// <param name="policy">The policy that it was made by.</param>
    /// <param name="methods">How the scores were measured.</param>
    /// <param name="computedFrom">Hashes of what they were computed from.</param>
    /// <param name="time">UTC, in Unix milliseconds.</param>
    public static AttributionRecord Of(
        Sha256Hash receipt, FeeSplit split, CallEvidence evidence, SharePolicy policy, IReadOnlyList<AttributionMethod> methods,
        IReadOnlyDictionary<string, Sha256Hash> computedFrom, long time)
    {
        AttributedRow[] rows = [.. Scored(split, evidence)
            .OrderByDescending(row => row.Share).ThenByDescending(row => row.Score).ThenBy(row => row.Reason)
            .ThenBy(row => row.Model, StringComparer.Ordinal).ThenBy(row => row.Row, StringComparer.Ordinal)];
        return new(
            receipt, time, CanonicalJson.HashOf(policy), split.Fee.Total, methods, computedFrom, [.. rows.Take(ListedRows)], RestOf([.. rows.Skip(ListedRows)]),
            [.. split.ByBeneficiary().Select(payment => new Payment(payment.Beneficiary, payment.Amount))]);
    }

    private static IEnumerable<AttributedRow> Scored(FeeSplit split, CallEvidence evidence)
    {
        // An unclaimed part names its row too, so a share that went to the treasury still stands beside the row that scored it.
        Dictionary<(string? Model, string Row), BigInteger> shares = split.Parts.Where(part => part.Row is not null).ToDictionary(part => (part.Model, part.Row!), part => part.Amount);
        AttributedRow Row(FeeReason reason, string? model, ScoredRow row) =>
            new(reason, model, row.Id, row.Contributor, row.Score, shares.GetValueOrDefault((model, row.Id)));

        return evidence.Passages.Select(row => Row(FeeReason.Passage, null, row))
            .Concat(evidence.Models.SelectMany(model => model.TrainingRows.Select(row => Row(FeeReason.TrainingRow, model.Id, row))));
    }

    private static ResidualMass RestOf(AttributedRow[] rows) => new(
        rows.Length,
        new RawScore(rows.Aggregate(BigInteger.Zero, (sum, row) => sum + row.Score.Clipped)),
        rows.Aggregate(BigInteger.Zero, (sum, row) => sum + row.Share));
}
