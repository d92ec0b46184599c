using OpenLedger.Engine.Tensors;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Small GGUF files of every tensor type: dequantised rows exactly, and the model they make.</summary>
internal sealed class GgufArea : IFixtureArea
{
    public string Name => "gguf";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*.gguf").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(file), expected = Path.ChangeExtension(file, ".expected.safetensors");
            if (!File.Exists(expected)) continue;
            yield return FixtureCase.Of($"{name} numbers", () => CheckNumbers($"{name} numbers", file, expected));
            yield return FixtureCase.Of(name, () => FamiliesArea.Check(name, file, expected));
        }
    }

    private static FixtureCase CheckNumbers(string name, string path, string expectedPath)
    {
        using GgufFile file = GgufFile.Open(path);
        using SafetensorsFile expected = SafetensorsFile.Open(expectedPath);
        double worst = 0;
        foreach (string key in expected.Tensors.Keys.Where(key => key.StartsWith("dequantised.", StringComparison.Ordinal)))
        {
            float[] theirs = expected.ReadFloats(key);
            worst = Math.Max(worst, Deviation.Of(file.Dequantize(key["dequantised.".Length..]).AsSpan(0, theirs.Length), theirs));
        }
        return FixtureCase.Within(name, worst, 0);
    }
}
