using System.Text.Json;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Studio.Chain;

/// <summary>Where our contracts stand, a file a chain. Kept beside the chain's state and not in the catalogue: nothing could rebuild it.</summary>
public sealed class ContractsFile(string folder, ChainId chain)
{
    private string FilePath => Path.Combine(folder, $"contracts-{chain}.json");

    public ContractAddresses Read() => File.Exists(FilePath) ? JsonSerializer.Deserialize<ContractAddresses>(File.ReadAllText(FilePath))! : ContractAddresses.None;

    public void Write(ContractAddresses contracts) => AtomicFile.Write(FilePath, stream => JsonSerializer.Serialize(stream, contracts));
}
