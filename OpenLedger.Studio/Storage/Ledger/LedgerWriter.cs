using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>
/// The one way to write the ledger: a closure in one transaction, behind one gate (SQLite's own lock is unfair, and waits of 24 s were measured).
/// The closure may run again after a conflict, so it reads what it needs inside and keeps nothing outside. Knows no row.
/// </summary>
public sealed class LedgerWriter(IDbContextFactory<LedgerContext> contexts) : IDisposable
{
    private const int Tries = 8;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Committed and synced when this returns; nothing of it when it throws.</summary>
    /// <param name="write">Synchronous: no <c>await</c> can get into the transaction. Saved for it at the end.</param>
    public async Task<T> WriteAsync<T>(Func<LedgerContext, T> write, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            for (int left = Tries - 1; ; left--)
            {
                try
                {
                    return Once(write);
                }
                catch (Exception conflict) when (left > 0 && IsConflict(conflict))
                {
                    // another process was first: the closure reads again and decides again
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<LedgerContext> write, CancellationToken cancel) => WriteAsync(
        ledger =>
        {
            write(ledger);
            return true;
        },
        cancel);

    public void Dispose() => _gate.Dispose();

    private T Once<T>(Func<LedgerContext, T> write)
    {
        using LedgerContext ledger = contexts.CreateDbContext();
        // IMMEDIATE on SQLite: a transaction that reads before it writes cannot upgrade later (error 517).
        using IDbContextTransaction transaction = ledger.Database.BeginTransaction();
        T value = write(ledger);
        ledger.SaveChanges();
        transaction.Commit();
        return value;
    }

    private static bool IsConflict(Exception error) => error switch
    {
        DbUpdateConcurrencyException => true,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation } => true,
        { InnerException: Exception inner } => IsConflict(inner),
        _ => false,
    };
}
