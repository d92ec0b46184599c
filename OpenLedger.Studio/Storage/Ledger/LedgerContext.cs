using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>
/// What must never be lost or doubled: jobs, sessions, receipts, balances, shares, payouts, outbox, log. One model, on SQLite or PostgreSQL.
/// Time is <c>long</c> Unix milliseconds and money padded decimal text, so that both databases sort them alike.
/// </summary>
public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<NonceRow> Nonces => Set<NonceRow>();

    public DbSet<ReceiptRow> Receipts => Set<ReceiptRow>();

    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<BalanceEntryRow> BalanceEntries => Set<BalanceEntryRow>();

    public DbSet<ShareRow> Shares => Set<ShareRow>();

    public DbSet<PayoutBatchRow> PayoutBatches => Set<PayoutBatchRow>();

    public DbSet<PayoutLeafRow> PayoutLeaves => Set<PayoutLeafRow>();

    public DbSet<ClaimRow> Claims => Set<ClaimRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<LogRow> Log => Set<LogRow>();

    public DbSet<ChainCursorRow> ChainCursors => Set<ChainCursorRow>();

    public DbSet<SchemaRow> Schema => Set<SchemaRow>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RaiseVersions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RaiseVersions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Wei>().HaveConversion<WeiText>();
        configurationBuilder.Properties<Address>().HaveConversion<AddressText>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<JobRow>(row =>
        {
            row.HasKey(job => job.Id);
            row.HasIndex(job => new { job.Kind, job.InputHash }).IsUnique().HasFilter("\"State\" NOT IN ('Failed', 'Cancelled')"); // failed work may be asked for again
            row.HasIndex(job => job.State);
            row.HasIndex(job => job.Owner);
        });
        modelBuilder.Entity<SessionRow>(row =>
        {
            row.HasKey(session => session.Id);
            row.HasIndex(session => session.Address);
            row.HasIndex(session => session.Expires);
        });
        modelBuilder.Entity<NonceRow>(row =>
        {
            row.HasKey(nonce => nonce.Nonce);
            row.HasIndex(nonce => nonce.Expires);
        });
        ShapeMoney(modelBuilder);
        ShapePayouts(modelBuilder);
        modelBuilder.Entity<OutboxRow>(row =>
        {
            row.HasKey(act => act.Id);
            row.HasIndex(act => act.Key).IsUnique();
            row.HasIndex(act => act.State);
        });
        modelBuilder.Entity<LogRow>(row =>
        {
            row.HasKey(record => record.Sequence);
            row.Property(record => record.Sequence).ValueGeneratedNever();
            row.HasIndex(record => record.Hash).IsUnique();
        });
        modelBuilder.Entity<ChainCursorRow>().HasKey(cursor => cursor.Name);
        modelBuilder.Entity<SchemaRow>(row =>
        {
            row.HasKey(schema => schema.Id);
            row.Property(schema => schema.Id).ValueGeneratedNever();
        });
        foreach (Type versioned in modelBuilder.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(IVersioned).IsAssignableFrom).ToArray())
            modelBuilder.Entity(versioned).Property(nameof(IVersioned.Version)).IsConcurrencyToken();
    }

    private static void ShapeMoney(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>().HasKey(account => account.Account);
        modelBuilder.Entity<ReceiptRow>(row =>
        {
            row.HasKey(receipt => receipt.Id);
            row.HasIndex(receipt => receipt.AttributionId);
            row.HasIndex(receipt => receipt.Batch);
            row.HasIndex(receipt => new { receipt.Asker, receipt.Time });
            row.HasIndex(receipt => new { receipt.ModelId, receipt.Time });
        });
        modelBuilder.Entity<BalanceEntryRow>(row =>
        {
            row.HasKey(entry => entry.Id);
            row.HasIndex(entry => entry.Key).IsUnique();
            row.HasIndex(entry => entry.From);
            row.HasIndex(entry => entry.To);
            row.HasIndex(entry => entry.Block);
        });
        modelBuilder.Entity<ShareRow>(row =>
        {
            row.HasKey(share => share.Id);
            row.HasIndex(share => new { share.ReceiptId, share.Ordinal }).IsUnique();
            row.HasIndex(share => new { share.Beneficiary, share.Day });
            row.HasIndex(share => share.Batch);
            row.HasIndex(share => share.RowLeaf);
        });
    }

    private static void ShapePayouts(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PayoutBatchRow>(row =>
        {
            row.HasKey(batch => batch.Number);
            row.Property(batch => batch.Number).ValueGeneratedNever();
            row.HasIndex(batch => batch.Root);
        });
        modelBuilder.Entity<PayoutLeafRow>(row =>
        {
            row.HasKey(leaf => new { leaf.Batch, leaf.Account });
            row.HasIndex(leaf => leaf.Account);
        });
        modelBuilder.Entity<ClaimRow>(row =>
        {
            row.HasKey(claim => claim.Id);
            row.HasIndex(claim => claim.Account);
        });
    }

    private void RaiseVersions()
    {
        foreach (EntityEntry<IVersioned> changed in ChangeTracker.Entries<IVersioned>().Where(entry => entry.State == EntityState.Modified)) changed.Entity.Version++;
    }
}
