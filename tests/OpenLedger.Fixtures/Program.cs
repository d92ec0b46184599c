using OpenLedger.Fixtures;
using TorchSharp;

// Runs everything that lies under OPENLEDGER_FIXTURES (default: the repository's copy), area by area, one line a case.
torch.set_num_threads(1);   // tiny models: a second thread only waits
string root = FixtureFolders.Root();
string[] wanted = args.Length > 0 ? args : [.. FixtureAreas.All.Select(area => area.Name)];
int passed = 0, failed = 0;
foreach (string name in wanted)
{
    if (FixtureAreas.All.FirstOrDefault(area => area.Name == name) is not { } area)
    {
        Console.Error.WriteLine($"no area '{name}'; there are {string.Join(", ", FixtureAreas.All.Select(known => known.Name))}");
        return 2;
    }
    string folder = Path.Combine(root, name);
    if (!Directory.Exists(folder))
    {
        if (args.Length > 0) Console.WriteLine($"none {name}: there is no such folder under the fixtures");
        continue;
    }
    foreach (FixtureCase found in area.Run(folder))
    {
        if (!found.Covered)
        {
            Console.WriteLine($"not covered {name}/{found.Name}: {found.Detail}");
            continue;
        }
        if (found.Passed) passed++;
        else failed++;
        Console.WriteLine($"{(found.Passed ? "pass" : "FAIL")} {name}/{found.Name}: {found.Detail}");
    }
}
Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
