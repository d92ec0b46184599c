using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts;
using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>How the chain, the ledger, the outbox and the disk are. Counts the ledger again each time; changes nothing.</summary>
public sealed class ReadState(IChain chain, IDataAvailability data, CheckLedger check, LedgerReader ledger, CatalogueFile catalogue, StudioFolders folders)
{
    public async Task<StudioState> ReadAsync(CancellationToken cancel)
    {
        IReadOnlyList<string> faults = await check.FaultsAsync(cancel);
        (int waiting, int failed, PayoutBatchRow? last, int receipts) = await ledger.ReadAsync(async db => (
            await db.Outbox.CountAsync(row => row.State != OutboxState.Done && row.State != OutboxState.Failed, cancel),
            await db.Outbox.CountAsync(row => row.State == OutboxState.Failed, cancel),
            await db.PayoutBatches.OrderByDescending(batch => batch.Number).FirstOrDefaultAsync(cancel),
            await db.Receipts.CountAsync(cancel)));
        DriveInfo drive = new(folders.Root);
        return new StudioState
        {
            Block = await BlockAsync(cancel),
            Contracts = [.. chain.Contracts.All.Where(contract => !contract.Address.IsZero).Select(contract => (contract.Name, contract.Address.Checksum))],
            ChainId = chain.Id.Value,
            DataAvailability = data.Label,
            Faults = faults,
            Receipts = receipts,
            OutboxWaiting = waiting,
            OutboxFailed = failed,
            LastBatch = last,
            Sizes =
            [
                ("Catalogue", catalogue.Length), ("Ledger", SizeOf(folders.LedgerFile)), ("Datanets", SizeUnder("datanets")),
                ("Weights and checkpoints", SizeUnder("runs") + SizeUnder("adapters")), ("Uploads", SizeUnder("uploads")),
            ],
            DiskFree = drive.AvailableFreeSpace,
            DiskSize = drive.TotalSize,
        };
    }

    private async Task<long?> BlockAsync(CancellationToken cancel)
    {
        try
        {
            return await chain.BlockNumberAsync(cancel);
        }
        catch (RpcTransportException)
        {
            return null;
        }
    }

    private static long SizeOf(string file) => new[] { file, file + "-wal" }.Where(File.Exists).Sum(one => new FileInfo(one).Length);

    private long SizeUnder(string folder)
    {
        DirectoryInfo found = new(Path.Combine(folders.Root, folder));
        return found.Exists ? found.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }
}

/// <summary>The Studio's state at a moment.</summary>
public sealed record StudioState
{
    /// <summary>Nothing while the chain does not answer.</summary>
    public required long? Block { get; init; }

    public required long ChainId { get; init; }

    public required IReadOnlyList<(string Name, string Address)> Contracts { get; init; }

    /// <summary>What it calls itself; a stand-in says so.</summary>
    public required string DataAvailability { get; init; }

    /// <summary>What does not fit in the ledger; empty when every wei is where it should be.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public required int Receipts { get; init; }

    public required int OutboxWaiting { get; init; }

    public required int OutboxFailed { get; init; }

    public required PayoutBatchRow? LastBatch { get; init; }

    /// <summary>Bytes, by what takes them.</summary>
    public required IReadOnlyList<(string What, long Bytes)> Sizes { get; init; }

    /// <summary>Bytes.</summary>
    public required long DiskFree { get; init; }

    /// <summary>Bytes.</summary>
    public required long DiskSize { get; init; }
}
