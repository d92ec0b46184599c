using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Tiny models of every family: logits within 1e-4 and greedy tokens exactly, whole and through the cache, in both config styles.</summary>
internal sealed class FamiliesArea : IFixtureArea
{
    private const double Tolerance = 1e-4;

    public string Name => "families";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        foreach (string family in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(family);
            yield return FixtureCase.Of(name, () => Check(name, family));
            if (File.Exists(Path.Combine(family, "config.v5.json"))) yield return FixtureCase.Of($"{name} (config.v5.json)", () => CheckOtherStyle($"{name} (config.v5.json)", family));
        }
    }

    /// <summary>Logits, cached logits and greedy tokens of one model against its stored ones.</summary>
    public static FixtureCase Check(string name, string path, string? expectedPath = null)
    {
        using LanguageModel model = LanguageModel.Load(path);
        using SafetensorsFile expected = SafetensorsFile.Open(expectedPath ?? Path.Combine(path, "expected.safetensors"));
        long[] ids = expected.ReadIntegers("input_ids");
        int rows = (int)expected.Require("input_ids").Shape[0], length = ids.Length / rows;
        float[] logits = expected.ReadFloats("logits");
        double whole = Deviation.Of(Deviation.Logits(model, ids, rows), logits), cached = Deviation.Cached(model, ids, rows, logits);
        string? wrong = whole <= Tolerance && cached > Tolerance ? "only through the cache" : WrongGreedy(model, expected, ids[..length]);
        return FixtureCase.Within(name, Math.Max(whole, cached), Tolerance, wrong);
    }

    private static FixtureCase CheckOtherStyle(string name, string family)
    {
        string copy = Directory.CreateTempSubdirectory("openledger-family-").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(family, "model*")) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            File.Copy(Path.Combine(family, "config.v5.json"), Path.Combine(copy, "config.json"));
            return Check(name, copy, Path.Combine(family, "expected.safetensors"));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static string? WrongGreedy(LanguageModel model, SafetensorsFile expected, long[] row)
    {
        if (expected.Tensors.Keys.FirstOrDefault(key => key.StartsWith("greedy_from_", StringComparison.Ordinal)) is not { } key) return null;
        int from = int.Parse(key["greedy_from_".Length..], System.Globalization.CultureInfo.InvariantCulture);
        long[] stored = expected.ReadIntegers(key);
        long[] wanted = stored.AsSpan().StartsWith(row.AsSpan(0, from)) ? stored[from..] : stored;   // with or without the prompt before them
        foreach (bool cached in new[] { false, true })
        {
            long[] got = Deviation.Greedy(model, row[..from], wanted.Length, cached);
            int differs = Enumerable.Range(0, wanted.Length).FirstOrDefault(i => got[i] != wanted[i], -1);
            if (differs >= 0) return $"greedy token {differs} is {got[differs]}, not {wanted[differs]} ({(cached ? "with" : "without")} cache)";
        }
        return null;
    }
}
