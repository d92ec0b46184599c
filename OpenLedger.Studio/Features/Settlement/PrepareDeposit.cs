using OpenLedger.Contracts;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Makes the transaction by which a wallet prepays its chats. Moves nothing: the wallet sends it, and the balance follows the chain's log.</summary>
public sealed class PrepareDeposit(IChain chain)
{
    /// <param name="account">Whose balance it feeds.</param>
    /// <param name="amount">As typed: "0.5".</param>
    public DepositResult Prepare(Address account, string amount)
    {
        if (!Wei.TryParseOpen(amount.Trim().Replace(',', '.'), out Wei wei)) return new DepositResult.Refused($"'{amount}' is no amount. Type it in OPEN, such as 0.5.");
        if (wei.IsZero) return new DepositResult.Refused("A deposit must be more than nothing.");
        return new DepositResult.Ready(wei, chain.BuildDeposit(account, wei));
    }
}

/// <summary>Whether a deposit can be sent.</summary>
public abstract record DepositResult
{
    private DepositResult()
    {
    }

    public sealed record Ready(Wei Amount, WalletTransaction Transaction) : DepositResult;

    /// <param name="Reason">What is wrong and how to mend it.</param>
    public sealed record Refused(string Reason) : DepositResult;
}
