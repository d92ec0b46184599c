using System.Numerics;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Transactions;

/// <summary>A signed transaction as a stranger sent it, found well formed and for our chain. Knows nothing of whether it can be paid for.</summary>
/// <param name="From">Who signed it.</param>
/// <param name="To">Null where it creates a contract.</param>
/// <param name="Value">Native OPEN sent along.</param>
public sealed record RawTransaction(TxHash Hash, Address From, Address? To, Wei Value, BigInteger Nonce, long Gas, int DataLength)
{
    /// <summary>Largest accepted transaction, in bytes: what nodes gossip (geth's txMaxSize).</summary>
    public const int MaxBytes = 128 * 1024;
}

/// <summary>Either a transaction or why it is none.</summary>
public readonly record struct RawTransactionResult(RawTransaction? Transaction, string? Refusal)
{
    public static RawTransactionResult Refuse(string why) => new(null, why);
}
