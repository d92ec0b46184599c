using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Reads deposits and claims from the chain into the books, in order: events and the place read to are one write. Knows nothing of what is booked.</summary>
public sealed class FollowChain(IChain chain, BookChainEvent book, LedgerWriter ledger, LedgerReader reader, TimeProvider time, ILogger<FollowChain> log) : BackgroundService
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(1);

    private string CursorName => $"{chain.Id}/money";

    /// <summary>Reads on until nothing is left to read.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        while (!await StepAsync(cancel))
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_lookEvery, time);
        do
        {
            await TryAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // The chain may be away for a while; the books wait for it, and the page says so.
    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await CatchUpAsync(cancel);
        }
        catch (RpcTransportException away)
        {
            log.LogWarning("The chain does not answer: {Reason}", away.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The chain's events could not be booked; nothing of this step is kept, and it is tried again");
        }
    }

    private async Task<bool> StepAsync(CancellationToken cancel)
    {
        string name = CursorName;
        ChainCursorRow? row = await reader.ReadAsync(db => db.ChainCursors.SingleOrDefaultAsync(cursor => cursor.Name == name, cancel));
        LogCursor cursor = row?.Marks is string marks ? JsonSerializer.Deserialize<LogCursor>(marks)! : LogCursor.Start;
        ChainEventPage page = await chain.EventsAsync(cursor, cancel);
        if (page is not { Events: [], RolledBackTo: null } || page.Next.Marks.Count != cursor.Marks.Count || !page.Next.Marks.SequenceEqual(cursor.Marks))
            await ledger.WriteAsync(db => Take(db, page), cancel);
        return page.CaughtUp;
    }

    private void Take(LedgerContext db, ChainEventPage page)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (page.RolledBackTo is long standing)
        {
            BookChainEvent.Undo(db, standing);
            db.SaveChanges(); // what is undone may be booked again below
        }

        foreach (ChainEvent happened in page.Events) book.Book(db, happened, now);
        if (page.RolledBackTo is not null) BookEntry.BearOverdrafts(db, now);
        Keep(db, page.Next, now);
    }

    private void Keep(LedgerContext db, LogCursor next, long now)
    {
        if (next.Marks is not [BlockMark last, ..]) return;
        ChainCursorRow? row = db.ChainCursors.Find(CursorName);
        if (row is null) db.ChainCursors.Add(row = new ChainCursorRow { Name = CursorName, Block = last.Number, BlockHash = last.Hash.Key, Updated = now });
        (row.Block, row.BlockHash, row.Marks, row.Updated) = (last.Number, last.Hash.Key, JsonSerializer.Serialize(next), now);
    }
}
