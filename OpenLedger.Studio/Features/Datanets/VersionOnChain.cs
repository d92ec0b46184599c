using System.Text;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>A version in the chain's own terms: it names things by 32 bytes. Knows nothing of sending.</summary>
public static class VersionOnChain
{
    /// <summary>What registers the version's root.</summary>
    public static RegisterDatanetVersion Of(DatasetVersion version) =>
        new(NameOf(version.DatanetId), version.Number, RootOf(version.Root), NameOf(version.Licence), version.RowCount, Address.Parse(version.Owner));

    /// <summary>SHA-256 of an identifier of ours: a Datanet's, a licence's.</summary>
    public static Hash32 NameOf(string id) => RootOf(Sha256Hash.Of(Encoding.UTF8.GetBytes(id)));

    public static Hash32 RootOf(Sha256Hash root) => Hash32.FromBytes(root.ToBytes());
}
