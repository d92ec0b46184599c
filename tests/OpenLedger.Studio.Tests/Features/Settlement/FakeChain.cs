using System.Globalization;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Merkle;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Tests.Features.Settlement;

/// <summary>The rules of our contracts (contracts-sol), in memory, a block an act. A broken rule throws, as the contract would revert.</summary>
internal sealed class FakeChain : IChain
{
    private readonly List<ChainEvent> _events = [];
    private readonly Dictionary<Address, Wei> _claimed = [];
    private PayoutRoot _active = new(0, Hash32.Zero, Wei.Zero, Hash32.Zero, default);
    private long _block = 1;
    private readonly Dictionary<long, int> _forks = [];
    private int _fork;
    private long _batches;
    private Wei _funded;
    private Wei _deposited;
    private Wei _released;

    public ChainId Id => ChainId.Development;

    public Address Operator { get; } = Address.Parse("0x00000000000000000000000000000000000000ff");

    public ContractAddresses Contracts { get; } = new(At(1), At(2), At(3), At(4), At(5));

    /// <summary>What the registry says of any version.</summary>
    public RegisteredVersion? Registered { get; set; }

    public Wei Paid { get; private set; }

    public Wei Funded => _funded;

    public IReadOnlyDictionary<Address, Wei> Claimed => _claimed;

    public void Deposit(Address account, Wei amount)
    {
        _deposited += amount;
        _events.Add(new DepositReceived(NextId(), _block, Tx(), account, account, amount));
    }

    public void Claim(Address account, Wei cumulative, IReadOnlyList<Hash32> proof)
    {
        if (!PayoutTree.Verify(_active.Root, new PayoutLeaf(account, cumulative), proof)) throw new InvalidOperationException("ProofInvalid");
        Wei amount = cumulative - _claimed.GetValueOrDefault(account);
        if (amount.IsZero) throw new InvalidOperationException("NothingToClaim");
        Paid += amount;
        if (Paid > _active.Total) throw new InvalidOperationException("PaidBeyondTotal");
        _claimed[account] = cumulative;
        _events.Add(new RewardClaimed(NextId(), _block, Tx(), account, amount, cumulative, _active.Number));
    }

    /// <summary>Drops the last block and what it held.</summary>
    public void ReplaceLastBlock()
    {
        _events.RemoveAll(happened => happened.Block == _block);
        _block--;
        _fork++;
    }

    /// <summary>Does what the act's contract would do.</summary>
    public void Do(ChainAction act)
    {
        switch (act)
        {
            case PostAttributionBatch post:
                Require(post.Number == _batches + 1 && post.Count > 0 && post.Commitment.Length > 2, "BatchNotNext");
                _batches = post.Number;
                break;
            case SendNative send:
                Require(send.To == Contracts.RewardDistributor, "sent elsewhere");
                _funded += send.Amount;
                break;
            case ReleaseDeposits release:
                Require(release.Cumulative > _released && release.Cumulative <= _deposited, "ReleaseBeyondDeposits");
                _funded += release.Cumulative - _released;
                _released = release.Cumulative;
                break;
            case SetPayoutRoot root:
                Require(root.Number == _active.Number + 1 && root.Total >= _active.Total && root.Total <= _funded, "TotalBeyondFunding");
                _active = new PayoutRoot(root.Number, root.Root, root.Total, root.Batch, DateTimeOffset.UnixEpoch);
                break;
            default: throw new NotSupportedException(act.GetType().Name);
        }
    }

    public Task<PayoutState> PayoutStateAsync(CancellationToken cancel) =>
        Task.FromResult(new PayoutState(_active, new PayoutRoot(0, Hash32.Zero, Wei.Zero, Hash32.Zero, default), _active.Number, _funded, Paid, _deposited, _released, _batches));

    public Task<Wei> ClaimedOfAsync(Address account, CancellationToken cancel) => Task.FromResult(_claimed.GetValueOrDefault(account));

    public Task<ChainEventPage> EventsAsync(LogCursor cursor, CancellationToken cancel)
    {
        BlockMark[] standing = [.. cursor.Marks.SkipWhile(mark => mark.Number > _block || mark.Hash != HashOf(mark.Number))];
        long from = standing.Length == 0 ? 0 : standing[0].Number;
        long? rolledBack = standing.Length == cursor.Marks.Count ? null : from;
        LogCursor next = from == _block ? new LogCursor(standing) : new LogCursor(standing).Advance(new BlockMark(_block, HashOf(_block)));
        return Task.FromResult(new ChainEventPage([.. _events.Where(happened => happened.Block > from)], next, rolledBack, CaughtUp: true));
    }

    public WalletTransaction BuildClaim(Address account, Wei cumulative, IReadOnlyList<Hash32> proof) =>
        new(Id, Contracts.RewardDistributor, string.Join(',', [cumulative.ToString(), .. proof.Select(hash => hash.Key)]), "0x0");

    public WalletTransaction BuildDeposit(Address account, Wei amount) => new(Id, Contracts.CallDeposits, account.Key, amount.ToString());

    public Task<long> BlockNumberAsync(CancellationToken cancel) => Task.FromResult(_block);

    public Task<Wei> BalanceOfAsync(Address account, CancellationToken cancel) => Task.FromResult(Wei.FromOpen(12));

    public Task<SignedTransaction> SendAsync(ChainAction action, Func<SignedTransaction, CancellationToken, Task> beforeBroadcast, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Broadcast> BroadcastAsync(SignedTransaction signed, CancellationToken cancel) => throw new NotSupportedException();

    public Task<TransactionOutcome> OutcomeOfAsync(TxHash hash, CancellationToken cancel) => throw new NotSupportedException();

    public Task<RegisteredVersion?> DatanetVersionAsync(Hash32 datanet, int number, CancellationToken cancel) => Task.FromResult(Registered);

    public Task<RegisteredModel?> ModelAsync(Hash32 model, CancellationToken cancel) => throw new NotSupportedException();

    public Task<PostedBatch?> AttributionBatchAsync(long number, CancellationToken cancel) => throw new NotSupportedException();

    private static Address At(int number) => Address.Parse($"0x{number:x40}");

    private static void Require(bool kept, string otherwise)
    {
        if (!kept) throw new InvalidOperationException(otherwise);
    }

    private Hash32 HashOf(long block) => Hash32.KeccakOf(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{block}/{_forks.GetValueOrDefault(block)}")));

    private string NextId()
    {
        _forks[++_block] = _fork;
        return $"{HashOf(_block).Key}:0";
    }

    private TxHash Tx() => new(HashOf(_block));
}
