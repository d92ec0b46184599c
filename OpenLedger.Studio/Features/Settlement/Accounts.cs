using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Names of the ledger's accounts: a person's is the address in lower case, the others are the node's own. Knows no amount.</summary>
public static class Accounts
{
    /// <summary>The world outside: it gives deposits and takes claims.</summary>
    public const string Chain = "chain";

    /// <summary>The node: it lends to its guests and covers what they spent when it settles.</summary>
    public const string Node = "node";

    /// <summary>Pays for visitors, and for people without a balance, while the allowance lasts.</summary>
    public const string Guests = "guests";

    /// <summary>Set aside for answers that are being made.</summary>
    public const string Held = "held";

    /// <summary>Earned, and not in a batch yet.</summary>
    public const string Owed = "owed";

    /// <summary>In a batch, and not claimed yet.</summary>
    public const string Distributor = "distributor";

    public static string Of(Address person) => person.Key;

    /// <summary>These two stand for others' money, which this ledger does not hold.</summary>
    internal static bool MayOverdraw(string account) => account is Chain or Node;
}
