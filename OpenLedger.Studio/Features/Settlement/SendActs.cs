using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Actions;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Puts an act into the outbox, once a key, and waits until the chain has it. Knows nothing of how it is sent.</summary>
public sealed class SendActs(LedgerWriter ledger, LedgerReader reader, TimeProvider time)
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes the act down where it is not yet, then waits; a failed one is tried again.</summary>
    /// <exception cref="ActFailedException">It failed again.</exception>
    public async Task<OutboxRow> DoneAsync(string key, ChainAction act, CancellationToken cancel)
    {
        await ledger.WriteAsync(db => Put(db, key, act), cancel);
        while (true)
        {
            OutboxRow row = await reader.ReadAsync(db => db.Outbox.SingleAsync(one => one.Key == key, cancel));
            switch (row.State)
            {
                case OutboxState.Done: return row;
                case OutboxState.Failed: throw new ActFailedException(key, row.Error);
                case OutboxState.Waiting or OutboxState.Signed or OutboxState.Sent: break;
            }

            await Task.Delay(_lookEvery, time, cancel);
        }
    }

    private void Put(LedgerContext db, string key, ChainAction act)
    {
        OutboxRow row = ChainOutbox.Add(db, key, act, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (row.State == OutboxState.Failed) row.MoveTo(OutboxState.Waiting);
    }
}

/// <summary>The chain did not take an act of a settlement.</summary>
public sealed class ActFailedException(string key, string? reason) : Exception($"The chain did not take '{key}': {reason ?? "no reason was given"}. What was settled so far is kept.");
