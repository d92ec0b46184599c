using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Chain;

/// <summary>Sends what waits in the outbox, in order, each until it is mined before the next. A crash anywhere costs nothing: signed bytes are kept before they go out, and the same bytes count once. Knows nothing of why.</summary>
public sealed class SendOutbox(IChain chain, LedgerWriter ledger, LedgerReader reader, TimeProvider time, ILogger<SendOutbox> log) : BackgroundService
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _checkEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(1);

    private long _checked;

    /// <summary>Takes one step with the oldest act that is not done.</summary>
    /// <returns>False when there is nothing to do now.</returns>
    internal async Task<bool> StepAsync(CancellationToken cancel)
    {
        OutboxRow? row = await reader.ReadAsync(db => db.Outbox
            .Where(one => one.Kind == ChainOutbox.Kind && (one.State == OutboxState.Waiting || one.State == OutboxState.Signed || one.State == OutboxState.Sent))
            .OrderBy(one => one.Id).FirstOrDefaultAsync(cancel));
        if (row is null || IsResting(row)) return false;
        return row.State switch
        {
            OutboxState.Waiting => row.RawTransaction is null ? await SendAsync(row, cancel) : await MarkAsync(row, OutboxState.Signed, cancel),
            OutboxState.Signed => await BroadcastAsync(row, cancel),
            OutboxState.Sent => await FollowUpAsync(row, cancel),
            OutboxState.Done or OutboxState.Failed => false,
        };
    }

    /// <summary>Opens again what was done in blocks that are gone: a node that was killed forgets its last seconds.</summary>
    internal async Task ReopenLostAsync(CancellationToken cancel)
    {
        long before = long.MaxValue;
        while (true)
        {
            OutboxRow? newest = await reader.ReadAsync(db => db.Outbox
                .Where(one => one.Kind == ChainOutbox.Kind && one.State == OutboxState.Done && one.TransactionHash != null && one.Id < before)
                .OrderByDescending(one => one.Id).FirstOrDefaultAsync(cancel));
            if (newest is null || (await chain.OutcomeOfAsync(TxHash.Parse(newest.TransactionHash!), cancel)).State != TransactionState.Unknown) return;
            log.LogWarning("The block of '{Key}' is gone; it is sent again", newest.Key);
            await MarkAsync(newest, OutboxState.Waiting, cancel);
            before = newest.Id;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_lookEvery, time);
        do
        {
            await DrainAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DrainAsync(CancellationToken cancel)
    {
        try
        {
            if (_checked == 0 || time.GetElapsedTime(_checked) > _checkEvery)
            {
                await ReopenLostAsync(cancel);
                _checked = time.GetTimestamp();
            }
            while (await StepAsync(cancel))
            {
            }
        }
        catch (RpcTransportException away)
        {
            log.LogDebug("The chain does not answer, the outbox waits: {Reason}", away.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "A step of the outbox failed and is taken again");
        }
    }

    private async Task<bool> SendAsync(OutboxRow row, CancellationToken cancel)
    {
        try
        {
            ChainAction action = JsonSerializer.Deserialize<ChainAction>(row.Payload) ?? throw new JsonException("the payload is null");
            await chain.SendAsync(action, (signed, cancelSave) => KeepAsync(row.Id, signed, cancelSave), cancel);
            return await MarkAsync(row, OutboxState.Sent, cancel);
        }
        catch (ContractRefusedException refused)
        {
            return await FailAsync(row, refused.Reason, cancel);
        }
        catch (Exception broken) when (broken is JsonException or ChainMismatchException or OverflowException)
        {
            return await FailAsync(row, broken.Message, cancel);
        }
        catch (TransactionRefusedException refused)
        {
            await RestAsync(row, refused.Message, cancel);
            return false;
        }
    }

    private async Task<bool> BroadcastAsync(OutboxRow row, CancellationToken cancel)
    {
        try
        {
            Broadcast said = await chain.BroadcastAsync(Kept(row), cancel);
            return said switch
            {
                Broadcast.Accepted => await MarkAsync(row, OutboxState.Sent, cancel),
                Broadcast.NonceTaken => await ForgetAsync(row, cancel),
            };
        }
        catch (TransactionRefusedException refused)
        {
            await RestAsync(row, refused.Message, cancel);
            return false;
        }
    }

    private async Task<bool> FollowUpAsync(OutboxRow row, CancellationToken cancel)
    {
        TransactionOutcome outcome = await chain.OutcomeOfAsync(TxHash.Parse(row.TransactionHash!), cancel);
        return outcome.State switch
        {
            TransactionState.Pending => false,
            TransactionState.Unknown => await BroadcastAsync(row, cancel),
            TransactionState.Reverted => await FailAsync(row, "mined, and the contract reverted it", cancel),
            TransactionState.Succeeded => await ChangeAsync(row.Id, one => { one.Block = outcome.Block; one.Error = null; one.MoveTo(OutboxState.Done); }, cancel),
        };
    }

    private Task<bool> KeepAsync(long id, SignedTransaction signed, CancellationToken cancel) => ChangeAsync(id, row =>
    {
        if (row.State == OutboxState.Signed) row.MoveTo(OutboxState.Waiting);   // signed anew: its nonce was taken
        (row.RawTransaction, row.TransactionHash, row.Nonce) = (signed.Raw, signed.Hash.Key, signed.Nonce);
        row.MoveTo(OutboxState.Signed);
    }, cancel);

    private static SignedTransaction Kept(OutboxRow row) => new(TxHash.Parse(row.TransactionHash!), row.RawTransaction!, row.Nonce!.Value);

    private Task<bool> MarkAsync(OutboxRow row, OutboxState state, CancellationToken cancel) => ChangeAsync(row.Id, one => { if (one.State != state) one.MoveTo(state); }, cancel);

    // The nonce was used by another transaction, so these bytes can never be mined: new ones may be made.
    private Task<bool> ForgetAsync(OutboxRow row, CancellationToken cancel) => ChangeAsync(row.Id, one =>
    {
        (one.RawTransaction, one.TransactionHash, one.Nonce) = (null, null, null);
        one.MoveTo(OutboxState.Waiting);
    }, cancel);

    // What failed may be tried again by a person: then new bytes are signed, for a nonce is used by a revert and stale after a refusal.
    private async Task<bool> FailAsync(OutboxRow row, string reason, CancellationToken cancel)
    {
        log.LogError("The chain did not take '{Key}': {Reason}", row.Key, reason);
        return await ChangeAsync(row.Id, one =>
        {
            (one.Error, one.RawTransaction) = (reason, null);
            one.Attempts++;
            one.MoveTo(OutboxState.Failed);
        }, cancel);
    }

    private Task<bool> RestAsync(OutboxRow row, string reason, CancellationToken cancel) => ChangeAsync(row.Id, one => { one.Error = reason; one.Attempts++; }, cancel);

    private bool IsResting(OutboxRow row)
    {
        if (row.Attempts == 0 || row.State == OutboxState.Sent) return false;
        TimeSpan wait = TimeSpan.FromSeconds(Math.Min(1 << Math.Min(row.Attempts - 1, 6), _longestWait.TotalSeconds));
        return Now - row.Updated < wait.TotalMilliseconds;
    }

    private async Task<bool> ChangeAsync(long id, Action<OutboxRow> change, CancellationToken cancel)
    {
        await ledger.WriteAsync(db =>
        {
            OutboxRow row = db.Outbox.Find(id)!;
            change(row);
            row.Updated = Now;
        }, cancel);
        return true;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
