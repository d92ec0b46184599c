using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Merkle;
using OpenLedger.Contracts.Tests.Outside;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests;

/// <summary>The whole way of a coin through our contracts on a real node, and what the registries keep.</summary>
public sealed class EvmChainTests(LocalChain local) : IClassFixture<LocalChain>
{
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    private static Hash32 Word(string text) => Hash32.KeccakOf(System.Text.Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task A_coin_goes_from_deposit_to_claim()
    {
        using TransactionSender payer = await local.WalletAsync(), earner = await local.WalletAsync(1);
        Address other = OperatorKey.Generate().Address;
        await LocalChain.MineAsync(payer, LocalChain.CallOf(local.Chain.BuildDeposit(payer.Account, Wei.FromOpen(10))));
        await local.DoAsync(new ReleaseDeposits(Wei.FromOpen(4)));
        PayoutLeaf mine = new(earner.Account, Wei.FromOpen(3));
        PayoutTree tree = PayoutTree.Build([mine, new PayoutLeaf(other, Wei.FromOpen(1))]);
        await local.DoAsync(new SetPayoutRoot(1, tree.Root, tree.Total, Word("batch")));
        PayoutState state = await local.Chain.PayoutStateAsync(_cancel);
        Assert.Equal((1, tree.Root, Wei.FromOpen(4)), (state.Active.Number, state.Active.Root, state.Active.Total));
        Assert.Equal((1, Wei.FromOpen(4), Wei.Zero, Wei.FromOpen(10), Wei.FromOpen(4)), (state.Proposals, state.Funded, state.Paid, state.Deposited, state.Released));
        Wei before = await local.Chain.BalanceOfAsync(earner.Account, _cancel);
        SignedTransaction late = await KeepOnlyAsync(earner, LocalChain.CallOf(local.Chain.BuildClaim(earner.Account, mine.Cumulative, tree.ProofOf(mine))));
        await LocalChain.MineAsync(payer, LocalChain.CallOf(local.Chain.BuildClaim(earner.Account, mine.Cumulative, tree.ProofOf(mine))));
        Assert.Equal(Wei.FromOpen(3), await local.Chain.BalanceOfAsync(earner.Account, _cancel) - before);
        Assert.Equal(Wei.FromOpen(3), await local.Chain.ClaimedOfAsync(earner.Account, _cancel));
        ChainEventPage page = await local.Chain.EventsAsync(LogCursor.Start, _cancel);
        RewardClaimed claim = Assert.Single(page.Events.OfType<RewardClaimed>());
        Assert.Equal((earner.Account, Wei.FromOpen(3), 1), (claim.Account, claim.Amount, claim.Root));
        ContractRefusedException twice = await Assert.ThrowsAsync<ContractRefusedException>(() => payer.SendAsync(LocalChain.CallOf(local.Chain.BuildClaim(earner.Account, mine.Cumulative, tree.ProofOf(mine))), (_, _) => Task.CompletedTask, _cancel));
        Assert.StartsWith("NothingToClaim(account: 0x", twice.Reason, StringComparison.Ordinal);
        Assert.Equal(Broadcast.Accepted, await earner.BroadcastAsync(late, _cancel));
        Assert.Equal(TransactionState.Reverted, (await LocalChain.MinedAsync(earner, late.Hash)).State);
        Assert.Equal(Wei.FromOpen(3), await local.Chain.ClaimedOfAsync(earner.Account, _cancel));
    }

    private async Task<SignedTransaction> KeepOnlyAsync(TransactionSender sender, OutgoingCall call)
    {
        SignedTransaction? kept = null;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => sender.SendAsync(call, (signed, _) => { kept = signed; throw new InvalidTimeZoneException("not sent"); }, _cancel));
        return kept!;
    }

    [Fact]
    public async Task A_version_reads_back_and_an_unknown_one_is_null()
    {
        Hash32 datanet = Word("medquad");
        await local.DoAsync(new RegisterDatanetVersion(datanet, 1, Word("root"), Word("licence"), 299, local.Operator.Address));
        RegisteredVersion version = Assert.IsType<RegisteredVersion>(await local.Chain.DatanetVersionAsync(datanet, 1, _cancel));
        Assert.Equal((Word("root"), Word("licence"), local.Operator.Address, 299), (version.Root, version.Licence, version.Provider, version.Rows));
        Assert.Null(await local.Chain.DatanetVersionAsync(datanet, 2, _cancel));
        Assert.Null(await local.Chain.DatanetVersionAsync(Word("none"), 1, _cancel));
    }

    [Fact]
    public async Task A_model_reads_back_and_an_unknown_one_is_null()
    {
        await local.DoAsync(new RegisterModel(Word("model"), Word("manifest"), Word("weights"), Word("base"), [Word("d1"), Word("d2")], local.Operator.Address));
        RegisteredModel model = Assert.IsType<RegisteredModel>(await local.Chain.ModelAsync(Word("model"), _cancel));
        Assert.Equal((Word("manifest"), Word("weights"), Word("base"), local.Operator.Address), (model.Manifest, model.Weights, model.Base, model.Developer));
        Assert.Equal([Word("d1"), Word("d2")], model.Datasets);
        Assert.Null(await local.Chain.ModelAsync(Word("none"), _cancel));
    }

    [Fact]
    public async Task A_batch_reads_back_and_an_unknown_one_is_null()
    {
        await local.DoAsync(new PostAttributionBatch(1, Word("root"), "0x03aabbcc", 12, Wei.OneOpen));
        PostedBatch batch = Assert.IsType<PostedBatch>(await local.Chain.AttributionBatchAsync(1, _cancel));
        Assert.Equal((Word("root"), Hash32.KeccakOf([3, 0xaa, 0xbb, 0xcc]), 12, Wei.OneOpen), (batch.Root, batch.CommitmentHash, batch.Count, batch.Total));
        Assert.Equal(1, (await local.Chain.PayoutStateAsync(_cancel)).Batches);
        Assert.Null(await local.Chain.AttributionBatchAsync(2, _cancel));
    }

    [Fact]
    public async Task What_is_deployed_is_not_deployed_again_and_what_lost_its_code_is()
    {
        DeployContracts deploy = new(local.Rpc, local.Sender, TimeProvider.System);
        int kept = 0;
        Task Keep(ContractAddresses contracts, CancellationToken cancel) { kept++; return Task.CompletedTask; }
        Assert.Equal(local.Contracts, await deploy.EnsureAsync(local.Contracts, TimeSpan.Zero, Keep, _cancel));
        Assert.Equal(0, kept);
        ContractAddresses mended = await deploy.EnsureAsync(local.Contracts with { ModelRegistry = OperatorKey.Generate().Address }, TimeSpan.Zero, Keep, _cancel);
        Assert.Equal(1, kept);
        Assert.Equal(local.Contracts with { ModelRegistry = mended.ModelRegistry }, mended);
        Assert.NotEqual(local.Contracts.ModelRegistry, mended.ModelRegistry);
    }

    [Fact]
    public async Task Open_is_sent()
    {
        Address receiver = OperatorKey.Generate().Address;
        await local.DoAsync(new SendNative(receiver, Wei.FromOpen(2)));
        Assert.Equal(Wei.FromOpen(2), await local.Chain.BalanceOfAsync(receiver, _cancel));
    }
}
