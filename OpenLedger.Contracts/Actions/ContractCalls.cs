using Nethereum.Contracts;
using OpenLedger.Contracts.Bindings.AttributionLedger;
using OpenLedger.Contracts.Bindings.CallDeposits;
using OpenLedger.Contracts.Bindings.RewardDistributor;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using Datanets = OpenLedger.Contracts.Bindings.DatanetRegistry;
using Models = OpenLedger.Contracts.Bindings.ModelRegistry;

namespace OpenLedger.Contracts.Actions;

/// <summary>Turns actions into calls of our contracts. Knows nothing of nodes, nonces or fees.</summary>
public sealed class ContractCalls(ContractAddresses contracts)
{
    public OutgoingCall For(ChainAction action) => action switch
    {
        RegisterDatanetVersion version => To(contracts.DatanetRegistry, new Datanets.RegisterFunction
        {
            Datanet = version.Datanet.ToBytes(),
            Number = checked((uint)version.Number),
            Root = version.Root.ToBytes(),
            Licence = version.Licence.ToBytes(),
            Rows = checked((ulong)version.Rows),
            Provider = version.Provider.Key,
        }),
        RegisterModel model => To(contracts.ModelRegistry, new Models.RegisterFunction
        {
            Model = model.Model.ToBytes(),
            Manifest = model.Manifest.ToBytes(),
            Weights = model.Weights.ToBytes(),
            Base = model.Base.ToBytes(),
            Datasets = [.. model.Datasets.Select(root => root.ToBytes())],
            Developer = model.Developer.Key,
        }),
        PostAttributionBatch batch => To(contracts.AttributionLedger, new PostFunction
        {
            Number = checked((ulong)batch.Number),
            Root = batch.Root.ToBytes(),
            Commitment = Convert.FromHexString(batch.Commitment.AsSpan(2)),
            Count = checked((ulong)batch.Count),
            Total = batch.Total.Amount,
        }),
        ReleaseDeposits release => To(contracts.CallDeposits, new ReleaseFunction { Cumulative = release.Cumulative.Amount }),
        SetPayoutRoot root => To(contracts.RewardDistributor, new ProposeFunction
        {
            Number = checked((ulong)root.Number),
            Root = root.Root.ToBytes(),
            Total = root.Total.Amount,
            Batch = root.Batch.ToBytes(),
        }),
        SendNative send => new OutgoingCall(send.To, "0x", send.Amount),
        _ => throw new NotSupportedException($"no contract call stands for {action.GetType().Name}"),
    };

    /// <summary>A claim for a wallet to send; anyone may, the money goes to <paramref name="account"/>.</summary>
    public OutgoingCall Claim(Address account, Wei cumulative, IReadOnlyList<Hash32> proof) => To(contracts.RewardDistributor, new ClaimFunction
    {
        Account = account.Key,
        Cumulative = cumulative.Amount,
        Proof = [.. proof.Select(hash => hash.ToBytes())],
    });

    /// <summary>A deposit for a wallet to send, credited to <paramref name="account"/>.</summary>
    public OutgoingCall Deposit(Address account, Wei amount) => To(contracts.CallDeposits, new DepositFunction { Account = account.Key }) with { Value = amount };

    private static OutgoingCall To<T>(Address contract, T message) where T : FunctionMessage, new() =>
        contract.IsZero
            ? throw new ChainMismatchException($"the contract of {typeof(T).Name} is not deployed")
            : new OutgoingCall(contract, "0x" + Convert.ToHexStringLower(message.GetCallData()), Wei.Zero);
}
