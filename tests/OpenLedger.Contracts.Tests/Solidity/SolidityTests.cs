using System.Text.RegularExpressions;
using OpenLedger.Bindings;
using OpenLedger.Contracts.Tests.Outside;

namespace OpenLedger.Contracts.Tests.Solidity;

/// <summary>The contracts' own tests, their format, and the bindings made from them.</summary>
public sealed partial class SolidityTests(ForgeRun forge) : IClassFixture<ForgeRun>
{
    [Fact]
    public void Unit_fuzz_and_invariant_tests_pass()
    {
        Assert.True(forge.ExitCode == 0, forge.Output);
        Match summary = Summary().Match(forge.Output);
        Assert.True(summary.Success && int.Parse(summary.Groups[1].Value, null) >= 32, forge.Output);
    }

    [Fact]
    public async Task Sources_are_formatted()
    {
        (int exitCode, string output) = await Forge.RunAsync("fmt", "--check");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Bindings_are_those_of_the_contracts()
    {
        foreach (string contract in BindingSet.Contracts)
        {
            string checkedIn = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "OpenLedger.Contracts", "Bindings", contract + ".g.cs"), TestContext.Current.CancellationToken);
            Assert.True(BindingSet.Generate(Path.Combine(Repository.ContractsSol, "out"), contract) == checkedIn,
                $"{contract}.g.cs is not what the contract gives: run 'node tools/forge.js build --force' in contracts-sol, then 'dotnet run --project contracts-sol/bindings -- contracts-sol/out OpenLedger.Contracts/Bindings'");
        }
    }

    [GeneratedRegex(@"(\d+) tests passed, 0 failed, 0 skipped")]
    private static partial Regex Summary();
}
