using System.Numerics;
using Nethereum.Hex.HexTypes;
using Nethereum.JsonRpc.Client;
using Nethereum.Model;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Signer;
using Nethereum.Web3;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Transactions;

/// <summary>Signs and sends for one account, one at a time, each stored before it goes out. Knows nothing of contracts.</summary>
/// <remarks>The nonce moves on only when the node has taken a transaction, so a refusal leaves no gap; one sender an account, for two would collide.</remarks>
public sealed class TransactionSender(SafeRpcClient rpc, OperatorKey key, ChainId chain, FeePolicy fees) : IDisposable
{
    private readonly Web3 _web3 = new(rpc);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long? _next;

    public Address Account => key.Address;

    /// <summary>Estimates, signs, hands the signed bytes to <paramref name="beforeBroadcast"/> to be kept, and only then sends.</summary>
    /// <exception cref="ContractRefusedException">The call would revert.</exception>
    /// <exception cref="TransactionRefusedException">The node would not take it.</exception>
    /// <exception cref="RpcTransportException">The node did not answer. If it was stored by then, broadcast the stored bytes again.</exception>
    public async Task<SignedTransaction> SendAsync(OutgoingCall call, Func<SignedTransaction, CancellationToken, Task> beforeBroadcast, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            using IDisposable until = rpc.Until(cancel);
            BigInteger gas = fees.GasFor(await EstimateAsync(call)), maxFee = fees.MaxFeeAt(await BaseFeeAsync());
            while (true)
            {
                _next ??= await NextNonceAsync();
                SignedTransaction signed = Sign(call, _next.Value, gas, maxFee, fees.Tip);
                await beforeBroadcast(signed, cancel);
                if (await BroadcastHeldAsync(signed) == Broadcast.Accepted) return signed;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends stored bytes again: after a restart, a time-out, or blocks that were lost.</summary>
    public async Task<Broadcast> BroadcastAsync(SignedTransaction signed, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            using IDisposable until = rpc.Until(cancel);
            return await BroadcastHeldAsync(signed);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Signs the same call for the same nonce with higher fees: one of the two is mined, never both.</summary>
    public async Task<SignedTransaction> ReplaceAsync(OutgoingCall call, SignedTransaction waiting, Func<SignedTransaction, CancellationToken, Task> beforeBroadcast, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            using IDisposable until = rpc.Until(cancel);
            Transaction sent = await _web3.Eth.Transactions.GetTransactionByHash.SendRequestAsync(waiting.Hash.Key)
                ?? throw new TransactionRefusedException($"{waiting.Hash} is not waiting, so there is nothing to replace");
            BigInteger tip = FeePolicy.Raise(sent.MaxPriorityFeePerGas?.Value ?? fees.Tip);
            BigInteger maxFee = BigInteger.Max(FeePolicy.Raise(sent.MaxFeePerGas?.Value ?? 0), 2 * await BaseFeeAsync() + tip);
            SignedTransaction signed = Sign(call, waiting.Nonce, sent.Gas.Value, maxFee, tip);
            await beforeBroadcast(signed, cancel);
            return await BroadcastHeldAsync(signed) == Broadcast.Accepted ? signed : throw new TransactionRefusedException($"nonce {waiting.Nonce} was used while it was being replaced");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Where a transaction stands now. Only status 1 is success: a receipt without a status is none.</summary>
    public async Task<TransactionOutcome> OutcomeOfAsync(TxHash hash, CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        TransactionReceipt? receipt = await _web3.Eth.Transactions.GetTransactionReceipt.SendRequestAsync(hash.Key);
        if (receipt?.BlockNumber is null) return new TransactionOutcome(await IsKnownAsync(hash) ? TransactionState.Pending : TransactionState.Unknown);
        TransactionState state = receipt.Status?.Value == 1 ? TransactionState.Succeeded : TransactionState.Reverted;
        Address? created = Address.TryParse(receipt.ContractAddress, out Address address) ? address : null;
        return new TransactionOutcome(state, (long)receipt.BlockNumber.Value, Hash32.Parse(receipt.BlockHash), created);
    }

    public void Dispose() => _gate.Dispose();

    private SignedTransaction Sign(OutgoingCall call, long nonce, BigInteger gas, BigInteger maxFee, BigInteger tip)
    {
        Transaction1559 transaction = new(chain.Value, nonce, tip, maxFee, gas, call.To?.Key, call.Value.Amount, call.Data, []);
        string raw = "0x" + new Transaction1559Signer().SignTransaction(key.Signer, transaction);
        return new SignedTransaction(new TxHash(Hash32.KeccakOf(Convert.FromHexString(raw.AsSpan(2)))), raw, nonce);
    }

    private async Task<Broadcast> BroadcastHeldAsync(SignedTransaction signed)
    {
        try
        {
            await _web3.Eth.Transactions.SendRawTransaction.SendRequestAsync(signed.Raw);
            return MoveOn(signed);
        }
        catch (RpcResponseException refusal)
        {
            // A node says "already known", "already imported" or "nonce too low" in words of its own: what it knows is asked instead.
            if (await IsKnownAsync(new TxHash(signed.Hash.Value))) return MoveOn(signed);
            _next = null;
            if (await NextNonceAsync() > signed.Nonce) return Broadcast.NonceTaken;
            throw new TransactionRefusedException(refusal.RpcError.Message);
        }
        catch (RpcTransportException)
        {
            _next = null;   // taken or not: the node will say, once it can be asked
            throw;
        }
    }

    private Broadcast MoveOn(SignedTransaction signed)
    {
        if (_next is null || _next <= signed.Nonce) _next = signed.Nonce + 1;
        return Broadcast.Accepted;
    }

    private async Task<bool> IsKnownAsync(TxHash hash) => await _web3.Eth.Transactions.GetTransactionByHash.SendRequestAsync(hash.Key) is not null;

    private async Task<long> NextNonceAsync() =>
        (long)(await _web3.Eth.Transactions.GetTransactionCount.SendRequestAsync(key.Address.Key, BlockParameter.CreatePending())).Value;

    private async Task<BigInteger> BaseFeeAsync() =>
        (await _web3.Eth.Blocks.GetBlockWithTransactionsHashesByNumber.SendRequestAsync(BlockParameter.CreateLatest()))?.BaseFeePerGas?.Value ?? 0;

    private async Task<BigInteger> EstimateAsync(OutgoingCall call)
    {
        CallInput input = new() { From = key.Address.Key, To = call.To?.Key, Data = call.Data, Value = new HexBigInteger(call.Value.Amount) };
        try
        {
            return (await _web3.Eth.Transactions.EstimateGas.SendRequestAsync(input)).Value;
        }
        catch (RpcResponseException refusal)
        {
            throw RevertReason.Of(refusal) is string reason ? new ContractRefusedException(reason) : new TransactionRefusedException(refusal.RpcError.Message);
        }
    }
}
