using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts;
using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Merkle;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Holds an answer's settlement against the chain and data availability. A chain that does not answer is "not checked", never "passed".</summary>
public sealed class CheckSettlement(LedgerReader ledger, IChain chain, IDataAvailability data)
{
    public async Task<IReadOnlyList<CheckLine>> LinesAsync(AnswerTrace trace, CancellationToken cancel)
    {
        try
        {
            List<CheckLine> lines = [.. await DatanetsAsync(trace, cancel)];
            if (trace.Batch is not { State: BatchState.Published } batch) lines.Add(new("Settled on the chain", "not yet: it waits for the next settlement", VerifyOutcome.NotChecked));
            else lines.AddRange([await PayoutAsync(trace, batch, cancel), await BatchAsync(batch, cancel), await DataAsync(trace, batch, cancel)]);
            return lines;
        }
        catch (RpcTransportException away)
        {
            return [new("Settled on the chain", $"the chain does not answer: {away.Message}", VerifyOutcome.NotChecked)];
        }
    }

    private async Task<IEnumerable<CheckLine>> DatanetsAsync(AnswerTrace trace, CancellationToken cancel)
    {
        List<CheckLine> lines = [];
        foreach (Strand strand in trace.Strands.Where(one => one.Version is not null).DistinctBy(one => one.Version!.Id))
        {
            RegisteredVersion? registered = await chain.DatanetVersionAsync(VersionOnChain.NameOf(strand.Version!.DatanetId), strand.Version.Number, cancel);
            string claim = $"Root of {strand.Datanet?.Name ?? strand.Version.DatanetId} is on the chain";
            lines.Add(registered is null
                ? new(claim, "its registration is on its way", VerifyOutcome.NotChecked)
                : CheckTrace.Line(claim, $"registry, {registered.Rows:N0} rows", registered.Root == VersionOnChain.RootOf(strand.Version.Root)));
        }

        return lines;
    }

    private async Task<CheckLine> PayoutAsync(AnswerTrace trace, PayoutBatchRow batch, CancellationToken cancel)
    {
        List<PayoutLeafRow> leaves = await ledger.ReadAsync(db => db.PayoutLeaves.Where(leaf => leaf.Batch <= batch.Number).ToListAsync(cancel));
        PayoutLeaf[] newest = [.. leaves.GroupBy(leaf => leaf.Account).Select(account => new PayoutLeaf(account.Key, account.MaxBy(leaf => leaf.Batch)!.Cumulative))];
        bool everybody = trace.Payees.All(payee => newest.Any(leaf => leaf.Account == payee.Address && leaf.Cumulative >= payee.Amount));
        return CheckTrace.Line("Everybody paid stands under the payout root", string.Create(CultureInfo.InvariantCulture, $"batch {batch.Number}, {newest.Length} accounts"),
            everybody && PayoutTree.Build(newest).Root.Key == batch.Root);
    }

    private async Task<CheckLine> BatchAsync(PayoutBatchRow batch, CancellationToken cancel)
    {
        PostedBatch? posted = await chain.AttributionBatchAsync(batch.Number, cancel);
        PayoutState payout = await chain.PayoutStateAsync(cancel);
        bool mine = payout.Active.Number == batch.Number && payout.Active.Root.Key == batch.Root || payout.Pending.Number == batch.Number && payout.Pending.Root.Key == batch.Root;
        bool later = payout.Proposals > batch.Number;
        string which = mine ? "its payout root stands in the distributor" : later ? "a later, cumulative payout root has taken its place" : "its payout root is not in the distributor";
        return CheckTrace.Line("Batch is on the chain", $"{posted?.Count ?? 0:N0} records under one root; {which}", posted is not null && posted.Root.Key == "0x" + batch.RecordsRoot && (mine || later));
    }

    private async Task<CheckLine> DataAsync(AnswerTrace trace, PayoutBatchRow batch, CancellationToken cancel)
    {
        string claim = $"Records can be fetched ({data.Label})";
        if (!DataCommitment.TryParse(batch.DataCommitment, out DataCommitment? commitment)) return new(claim, "the batch has no commitment", VerifyOutcome.NotChecked);
        if (await data.GetAsync(commitment, cancel) is not GetResult.Found found) return CheckTrace.Line(claim, "nothing answers under the batch's commitment", false);
        bool there = Encoding.UTF8.GetString(found.Payload).Contains(trace.Row.Attribution, StringComparison.Ordinal);
        if (!there) return CheckTrace.Line(claim, "the batch's data does not hold this record", false);
        return data.Label.Contains("stand-in", StringComparison.Ordinal)
            ? new(claim, $"{found.Payload.Length:N0} bytes, this record among them; a stand-in keeps them on this machine", VerifyOutcome.StandIn)
            : CheckTrace.Line(claim, $"{found.Payload.Length:N0} bytes, this record among them", true);
    }
}
