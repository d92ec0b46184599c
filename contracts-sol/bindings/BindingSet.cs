namespace OpenLedger.Bindings;

/// <summary>Which contracts have bindings, and how to make one's file. Knows nothing of ABIs or C#.</summary>
public static class BindingSet
{
    public static IReadOnlyList<string> Contracts { get; } = ["AttributionLedger", "CallDeposits", "DatanetRegistry", "ModelRegistry", "RewardDistributor"];

    /// <param name="artifacts">forge's <c>out</c> folder, right after <c>forge build</c>.</param>
    /// <exception cref="FileNotFoundException">The contract was not compiled.</exception>
    public static string Generate(string artifacts, string contract)
    {
        string path = Path.Combine(artifacts, contract + ".sol", contract + ".json");
        ContractArtifact artifact = ContractArtifact.Read(contract, File.ReadAllText(path));
        return new BindingWriter(artifact).Write();
    }
}
