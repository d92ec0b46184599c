using OpenLedger.Benchmarks;

// dotnet run --project tests/OpenLedger.Benchmarks -c Release -- [name ...] [--json]
Dictionary<string, Func<IEnumerable<Figure>>> benchmarks = new(StringComparer.Ordinal)
{
    ["starter"] = StarterModelBenchmark.Run,
    ["tokenizer"] = TokenizerBenchmark.Run,
    ["retrieval"] = RetrievalBenchmark.Run,
    ["quick"] = QuickPresetBenchmark.Run,
    ["upload"] = UploadBenchmark.Run,
    ["training"] = TrainingBenchmark.Run,
    ["estimate"] = EstimateBenchmark.Run,
    ["grounding"] = GroundingBenchmark.Run,
};
if (args is [MemoryProbe.Verb, string kind]) return MemoryProbe.Run(kind);
if (args is [EstimateBenchmark.Verb, string shape]) return EstimateBenchmark.Tell(shape);
bool json = args.Contains("--json");
string[] names = [.. args.Where(arg => arg != "--json")];
if (names.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is string unknown)
{
    Console.Error.WriteLine($"no benchmark '{unknown}'; there are: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

bool passed = true;
foreach (string name in names.Length > 0 ? names : [.. benchmarks.Keys])
    foreach (Figure figure in benchmarks[name]())
    {
        Console.WriteLine(json ? figure.ForMachines() : figure.ForPeople());
        passed &= figure.Passes;
    }

return passed ? 0 : 1;
