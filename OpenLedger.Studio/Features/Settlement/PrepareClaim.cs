using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Merkle;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Makes the transaction by which a wallet claims what it earned, with its proof. Moves nothing: the wallet sends it.</summary>
public sealed class PrepareClaim(LedgerReader reader, IChain chain)
{
    /// <returns>Nothing where nothing can be claimed.</returns>
    public async Task<ClaimOffer?> PrepareAsync(Address account, CancellationToken cancel)
    {
        PayoutRoot active = (await chain.PayoutStateAsync(cancel)).Active;
        if (active.Number == 0) return null;
        Wei claimed = await chain.ClaimedOfAsync(account, cancel);
        return await reader.ReadAsync(async db =>
        {
            PayoutLeafRow? leaf = await db.PayoutLeaves.Where(row => row.Account == account && row.Batch <= active.Number).OrderByDescending(row => row.Batch).FirstOrDefaultAsync(cancel);
            if (leaf is null || leaf.Cumulative <= claimed) return null;
            PayoutTree tree = await PayoutBook.TreeAsync(db, active.Number, cancel);
            if (tree.Root != active.Root) throw new PayoutRootException(active.Number, tree.Root, active.Root);
            IReadOnlyList<Hash32> proof = tree.ProofOf(new PayoutLeaf(account, leaf.Cumulative));
            return new ClaimOffer(account, leaf.Cumulative - claimed, leaf.Cumulative, active.Number, proof.Count, chain.BuildClaim(account, leaf.Cumulative, proof));
        });
    }
}

/// <summary>What a wallet is offered to claim.</summary>
/// <param name="Amount">What arrives, before the network's fee.</param>
/// <param name="Cumulative">All the account ever earned, up to the batch.</param>
/// <param name="Hashes">Length of the proof.</param>
public sealed record ClaimOffer(Address Account, Wei Amount, Wei Cumulative, long Batch, int Hashes, WalletTransaction Transaction);

/// <summary>The chain's payout root is not the one this ledger makes: claims against it cannot be proven.</summary>
public sealed class PayoutRootException(long batch, Hash32 ours, Hash32 theirs)
    : Exception($"batch {batch} has the root {ours} here and {theirs} on the chain: the chain's state and the ledger do not belong together");
