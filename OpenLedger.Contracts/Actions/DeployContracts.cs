using Nethereum.Contracts;
using Nethereum.Contracts.MessageEncodingServices;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Web3;
using OpenLedger.Contracts.Bindings.AttributionLedger;
using OpenLedger.Contracts.Bindings.CallDeposits;
using OpenLedger.Contracts.Bindings.DatanetRegistry;
using OpenLedger.Contracts.Bindings.ModelRegistry;
using OpenLedger.Contracts.Bindings.RewardDistributor;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Actions;

/// <summary>Puts our contracts on a chain where they are not yet there. Knows nothing of where their addresses are kept.</summary>
public sealed class DeployContracts(SafeRpcClient rpc, TransactionSender sender, TimeProvider time)
{
    private static readonly TimeSpan _pollEvery = TimeSpan.FromMilliseconds(100);

    private readonly Web3 _web3 = new(rpc);

    /// <summary>Deploys what is missing and calls <paramref name="keep"/> after each, so that a crash in between costs at most one contract.</summary>
    /// <param name="known">What an earlier run kept; an address without code counts as missing (a call to it would answer zero to everything).</param>
    /// <param name="activationDelay">How long a payout root waits. Whole seconds.</param>
    public async Task<ContractAddresses> EnsureAsync(ContractAddresses known, TimeSpan activationDelay, Func<ContractAddresses, CancellationToken, Task> keep, CancellationToken cancel)
    {
        string me = sender.Account.Key;
        ContractAddresses now = known;
        if (!await HasCodeAsync(now.DatanetRegistry, cancel))
            await keep(now = now with { DatanetRegistry = await DeployAsync(new DatanetRegistryDeployment { Admin = me, Publisher = me }, cancel) }, cancel);
        if (!await HasCodeAsync(now.ModelRegistry, cancel))
            await keep(now = now with { ModelRegistry = await DeployAsync(new ModelRegistryDeployment { Admin = me, Publisher = me }, cancel) }, cancel);
        if (!await HasCodeAsync(now.AttributionLedger, cancel))
            await keep(now = now with { AttributionLedger = await DeployAsync(new AttributionLedgerDeployment { Admin = me, Poster = me }, cancel) }, cancel);
        if (!await HasCodeAsync(now.RewardDistributor, cancel))
        {
            RewardDistributorDeployment distributor = new() { Admin = me, Operator = me, ActivationDelay = (ulong)activationDelay.TotalSeconds };
            // Deposits name their distributor for ever: with another distributor they have to be others, too.
            await keep(now = now with { RewardDistributor = await DeployAsync(distributor, cancel), CallDeposits = Address.Zero }, cancel);
        }
        if (!await HasCodeAsync(now.CallDeposits, cancel))
            await keep(now = now with { CallDeposits = await DeployAsync(new CallDepositsDeployment { Admin = me, Releaser = me, Distributor = now.RewardDistributor.Key }, cancel) }, cancel);
        return now;
    }

    private async Task<bool> HasCodeAsync(Address address, CancellationToken cancel)
    {
        if (address.IsZero) return false;
        using IDisposable until = rpc.Until(cancel);
        return await _web3.Eth.GetCode.SendRequestAsync(address.Key) is { Length: > 2 };
    }

    private async Task<Address> DeployAsync<T>(T deployment, CancellationToken cancel) where T : ContractDeploymentMessage, new()
    {
        string data = new DeploymentMessageEncodingService<T>().GetDeploymentData(deployment);
        SignedTransaction sent = await sender.SendAsync(new OutgoingCall(null, data.StartsWith("0x", StringComparison.Ordinal) ? data : "0x" + data, Wei.Zero), static (_, _) => Task.CompletedTask, cancel);
        while (true)
        {
            TransactionOutcome outcome = await sender.OutcomeOfAsync(sent.Hash, cancel);
            if (outcome is { State: TransactionState.Succeeded, Created: Address created } && await HasCodeAsync(created, cancel)) return created;
            if (outcome.State is TransactionState.Reverted or TransactionState.Succeeded) throw new ChainMismatchException($"{typeof(T).Name} ({sent.Hash}) was mined and left no code");
            await Task.Delay(_pollEvery, time, cancel);
        }
    }
}
