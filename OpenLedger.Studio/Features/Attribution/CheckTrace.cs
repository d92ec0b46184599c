using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Checks an answer's records again from what lies here. Believes nothing that it can compute, and says what it did not check.</summary>
public sealed class CheckTrace(ReadRecordLog log, DatanetRows rows, StudioFolders folders, CheckSettlement settlement)
{
    public async Task<IReadOnlyList<CheckLine>> CheckAsync(AnswerTrace trace, CancellationToken cancel) =>
    [
        .. await RecordsAsync(trace, cancel),
        .. await Task.Run(() => InDatanets(trace), cancel),
        await FilesAsync(trace, cancel),
        Shares(trace),
        .. await settlement.LinesAsync(trace, cancel),
        new("Same words come out", "needs the prompt, which only its asker has", VerifyOutcome.NotChecked),
        new("Influence recomputed", "shares here come from passages used and recorded training use, not from measured influence", VerifyOutcome.NotChecked),
    ];

    internal static CheckLine Line(string claim, string detail, bool passed) => new(claim, detail, passed ? VerifyOutcome.Pass : VerifyOutcome.Fail);

    private async Task<CheckLine[]> RecordsAsync(AnswerTrace trace, CancellationToken cancel)
    {
        LoggedRecord? receipt = await log.ProveAsync(Sha256Hash.Parse(trace.Row.Id), cancel);
        LoggedRecord? attribution = await log.ProveAsync(Sha256Hash.Parse(trace.Row.AttributionId), cancel);
        if (receipt is null || attribution is null) return [Line("Receipt is signed", "the log does not have it", false)];
        return
        [
            Line("Receipt is signed", $"by node key {receipt.Signature.KeyId.Hex[..12]}…", receipt is { HashFits: true, SignatureFits: true } && receipt.Row.Json == trace.Row.Json),
            Line("Shares are signed", $"by node key {attribution.Signature.KeyId.Hex[..12]}…", attribution is { HashFits: true, SignatureFits: true } && attribution.Row.Json == trace.Row.Attribution),
            Line("Both stand in the log", string.Create(CultureInfo.InvariantCulture, $"RFC 6962, entries {receipt.Row.Sequence + 1:N0} and {attribution.Row.Sequence + 1:N0} of {receipt.Inclusion.Size:N0}"),
                receipt.IsIncluded && attribution.IsIncluded && trace.Attribution.Parent == trace.Receipt.Id),
        ];
    }

    private IEnumerable<CheckLine> InDatanets(AnswerTrace trace)
    {
        foreach (IGrouping<string, Strand> of in trace.Strands.Where(strand => strand.Version is not null).GroupBy(strand => strand.Version!.Id))
        {
            Strand first = of.First();
            Sha256Hash[] leaves = [.. rows.OfVersion(first.Version!.DatanetId, first.Version.Number).Select(row => row.Leaf)];
            HashSet<string> known = [.. leaves.Select(leaf => leaf.Hex)];
            int there = of.Count(strand => strand.Leaf is not null && known.Contains(strand.Leaf));
            yield return Line($"Rows are in {first.Datanet?.Name ?? first.Version.DatanetId}, version {first.Version.Number}",
                $"{there} of {of.Count()} leaves under the root rebuilt from {leaves.Length:N0} rows", there == of.Count() && MerkleTree.Root(leaves) == first.Version.Root);
        }

        int gone = trace.Strands.Count(strand => strand.Version is null);
        if (gone > 0) yield return new("Other rows", $"{gone} rows belong to Datanets that are not here", VerifyOutcome.NotChecked);
    }

    private async Task<CheckLine> FilesAsync(AnswerTrace trace, CancellationToken cancel)
    {
        const string claim = "Files match their hashes";
        if (trace.Base is not { } on) return new(claim, "the base is not on this machine", VerifyOutcome.NotChecked);
        bool baseFits = await HashOfAsync(Path.Combine(folders.Root, on.Path), cancel) == trace.Receipt.BaseHash;
        if (trace.Receipt.Adapters.Count == 0) return Line(claim, "the base's weights", baseFits);
        if (trace.Model is { Kind: ModelKind.Moment } moment)
            return Line(claim, "base, and the adapter as it stood at that moment", baseFits && await HashOfAsync(Path.Combine(folders.Root, moment.Path, AdapterFile.WeightsName), cancel) == trace.Receipt.Adapters[0].Hash);
        if (trace.Model?.Manifest is not string json) return new(claim, "the adapter is not on this machine", VerifyOutcome.NotChecked);
        AdapterManifest manifest = CanonicalJson.Read<AdapterManifest>(json);
        bool adapterFits = manifest.Id == trace.Receipt.Adapters[0].Id
            && await HashOfAsync(Path.Combine(folders.Root, trace.Model.Path, AdapterFile.WeightsName), cancel) == manifest.WeightsHash;
        return Line(claim, "base, adapter and the manifest that ties them to rows and recipe", baseFits && adapterFits);
    }

    private static CheckLine Shares(AnswerTrace trace)
    {
        Wei sum = trace.Payees.Aggregate(Wei.Zero, (total, payee) => total + payee.Amount);
        bool recorded = trace.Attribution.Payments.Count == trace.Payees.Count
            && trace.Attribution.Payments.All(payment => trace.Payees.Any(payee => payee.Address == Address.Parse(payment.Beneficiary) && payee.Amount.Amount == payment.Amount));
        return Line("Shares add up", $"to the wei, {trace.Row.Fee.Amount.ToString("N0", CultureInfo.InvariantCulture)}", sum == trace.Row.Fee && trace.Attribution.SharesSum && recorded);
    }

    private static async Task<Sha256Hash?> HashOfAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path)) return null;
        await using FileStream file = File.OpenRead(path);
        return Sha256Hash.FromDigest(await SHA256.HashDataAsync(file, cancel));
    }
}
