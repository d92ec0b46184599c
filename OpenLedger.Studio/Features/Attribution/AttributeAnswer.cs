using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Serving;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Says who earned by a written answer: its passages by what it used of them, its model's rows by their recorded use. Books nothing.</summary>
public sealed class AttributeAnswer(Governance governance, TrainingUse training, VersionRows rows)
{
    /// <summary>What the passages' method is called in records.</summary>
    public const string PassageMethod = "passage-support";

    /// <param name="prepared">What was asked, of which model, with which passages.</param>
    /// <param name="written">What came of it.</param>
    /// <param name="fee">Its price.</param>
    /// <param name="receipt">The id of its receipt.</param>
    /// <param name="now">UTC, in Unix milliseconds.</param>
    public AttributedAnswer Attribute(PreparedAnswer prepared, WrittenAnswer written, CallFee fee, Sha256Hash receipt, long now)
    {
        ModelDocument model = prepared.Request.Model;
        IReadOnlyList<UsedRow> used = training.Of(model);
        CallEvidence evidence = new([new ServedModel(model.Id, 1, model.Owner?.Key, [.. used.Select(row => row.Scored)])], Passages(written.Support), []);
        SharePolicy policy = governance.SharePolicy;
        FeeSplit split = new SplitFee(policy).Of(fee, evidence);
        AttributionRecord record = AttributionRecord.Of(receipt, split, evidence, policy, Methods(evidence), ComputedFrom(prepared), now);
        return new(split, record, Origins(prepared, used));
    }

    private static ScoredRow[] Passages(AnswerSupport? support) => support is null ? [] :
        [.. PassageWeights.Of(support).Select((weight, order) => new ScoredRow(
            weight.Row, support.Passages.First(passage => passage.Row == weight.Row).Passage.Contributor, RawScore.FromInteger(weight.Weight), null, order))];

    private static AttributionMethod[] Methods(CallEvidence evidence)
    {
        SupportRule rule = new();
        Dictionary<string, string> support = new()
        {
            ["quotedOverlap"] = rule.QuotedOverlap.ToString(CultureInfo.InvariantCulture),
            ["rewordedOverlap"] = rule.RewordedOverlap.ToString(CultureInfo.InvariantCulture),
            ["rewordedCosine"] = rule.RewordedCosine.ToString(CultureInfo.InvariantCulture),
        };
        return
        [
            .. evidence.Passages.Count > 0 ? [new AttributionMethod(FeeReason.Passage, PassageMethod, support)] : Array.Empty<AttributionMethod>(),
            .. evidence.Models.Any(model => model.TrainingRows.Count > 0) ? [new AttributionMethod(FeeReason.TrainingRow, TrainingUse.Method, new Dictionary<string, string>())] : Array.Empty<AttributionMethod>(),
        ];
    }

    private static Dictionary<string, Sha256Hash> ComputedFrom(PreparedAnswer prepared)
    {
        Dictionary<string, Sha256Hash> from = new() { ["base"] = prepared.Lease.Base.Hash };
        if (prepared.Request.Model is { Kind: ModelKind.Adapter, Manifest: string manifest }) from["adapter"] = CanonicalJson.Read<AdapterManifest>(manifest).Id;
        if (prepared.Request.Model.Kind == ModelKind.Moment) from["adapter"] = prepared.Request.Model.Hash; // nobody has written a manifest for it
        foreach (DatanetVersionDocument version in prepared.Request.Versions) from[$"datanet/{version.Id}"] = version.Root;
        return from;
    }

    private Dictionary<string, EarningRow> Origins(PreparedAnswer prepared, IReadOnlyList<UsedRow> used)
    {
        Dictionary<string, EarningRow> origins = new(StringComparer.Ordinal);
        foreach (UsedRow one in used)
            if (one is { DatanetId: string datanet, Row: DatanetRow row }) origins[one.Scored.Id] = new EarningRow(datanet, row);
        foreach (RetrievedPassage passage in prepared.Passages)
        {
            DatanetVersionDocument version = prepared.Request.Versions.First(one => one.DatanetId == passage.DatanetId && one.Root == passage.VersionRoot);
            origins[passage.Row] = new EarningRow(passage.DatanetId, rows.Of(version)[passage.Passage.RowId]);
        }

        return origins;
    }
}

/// <summary>Who earned by an answer.</summary>
/// <param name="Rows">Where each row of the split comes from, by its id there.</param>
public sealed record AttributedAnswer(FeeSplit Split, AttributionRecord Record, IReadOnlyDictionary<string, EarningRow> Rows);

/// <summary>A row that earned, and its Datanet.</summary>
public sealed record EarningRow(string DatanetId, DatanetRow Row)
{
    private const int LabelLength = 120;

    /// <summary>Its first words, for lists.</summary>
    public string Label => Row.AsPassageText().Split('\n')[0] is { Length: > LabelLength } text ? text[..LabelLength] : Row.AsPassageText().Split('\n')[0];
}
