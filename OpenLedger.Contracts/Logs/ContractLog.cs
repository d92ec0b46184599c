using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Logs;

/// <summary>One log of one of our contracts. (Block hash, index) names it for ever.</summary>
public sealed record ContractLog(Address Address, long BlockNumber, Hash32 BlockHash, TxHash Transaction, int Index, IReadOnlyList<Hash32> Topics, string Data)
{
    /// <summary>The same log read twice has the same id; the same transaction mined anew in another block has another.</summary>
    public string Id => $"{BlockHash.Key}:{Index}";
}

/// <summary>A block, by number and hash.</summary>
public readonly record struct BlockMark(long Number, Hash32 Hash);

/// <summary>How far logs were read: blocks at which a reader stopped, newest first, so that it can find its way back when blocks are replaced. The caller keeps it.</summary>
public sealed record LogCursor(IReadOnlyList<BlockMark> Marks)
{
    /// <summary>Marks kept. A replacement deeper than these is read again from the start.</summary>
    public const int MaxMarks = 64;

    public static LogCursor Start { get; } = new([]);

    public LogCursor Advance(BlockMark mark) => new([mark, .. Marks.Take(MaxMarks - 1)]);
}

/// <summary>What one step of reading found.</summary>
/// <param name="RolledBackTo">If set, blocks above this number were replaced: undo what came from them before taking <paramref name="Logs"/>.</param>
/// <param name="CaughtUp">There is no further block to read now.</param>
public sealed record LogPage(IReadOnlyList<ContractLog> Logs, LogCursor Next, long? RolledBackTo, bool CaughtUp);
