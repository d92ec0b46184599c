using OpenLedger.Contracts.Development;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Addresses for the sample's sources, which have no wallets here: the node holds them, each made of its key and a name, so that they are the same at every start.</summary>
public sealed class PracticePeople(NodeKey key)
{
    public Address AddressOf(string name) => PracticeAccount.AddressOf(SecretOf(name));

    /// <summary>What spends as this address. Whoever uses it acts for a source that is not there, and says so.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] SecretOf(string name) => key.SecretFor($"practice account of {name}");
}
