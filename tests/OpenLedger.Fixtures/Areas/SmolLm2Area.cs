using System.Text.Json;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Fixtures.Areas;

/// <summary>The starter model against transformers on the same weights: log-probabilities, logits, greedy answers.</summary>
internal sealed class SmolLm2Area : IFixtureArea
{
    private const double NoMargin = 1e-3;   // below this the reference itself could choose otherwise

    public string Name => "smollm2";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        using LanguageModel model = LanguageModel.Load(FixtureFolders.StarterModel());
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "reference.json")));
        int number = 0;
        foreach (JsonElement prompt in reference.RootElement.GetProperty("prompts").EnumerateArray())
        {
            string name = $"prompt {number}";
            int at = number++;
            yield return FixtureCase.Of($"{name} logits", () => CheckLogits($"{name} logits", model, prompt, at, folder));
            yield return FixtureCase.Of($"{name} greedy", () => CheckGreedy($"{name} greedy", model, prompt));
        }
    }

    private static FixtureCase CheckLogits(string name, LanguageModel model, JsonElement prompt, int number, string folder)
    {
        long[] ids = Integers(prompt, "input_ids");
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = model.Logits(model.Hidden(tensor(ids, [1, ids.Length], int64)))[0];   // [tokens, vocabulary]
        float[] logProbabilities = logits.narrow(0, 0, ids.Length - 1).log_softmax(-1).gather(1, tensor(ids[1..]).unsqueeze(1)).data<float>().ToArray();
        float[] last = logits[-1].data<float>().ToArray();
        double worst = Deviation.Of(logProbabilities, Floats(prompt, "logprob_of_each_input_token_from_second"));
        float[] top = [.. Integers(prompt, "top20_ids_last").Select(id => last[id])];
        worst = Math.Max(worst, Deviation.Of(top, Floats(prompt, "top20_logits_last")));
        string whole = Path.Combine(folder, "last_logits.safetensors");
        if (File.Exists(whole))
        {
            using SafetensorsFile stored = SafetensorsFile.Open(whole);
            if (stored.Tensors.ContainsKey($"last_logits.{number}")) worst = Math.Max(worst, Deviation.Of(last, stored.ReadFloats($"last_logits.{number}")));
        }
        return FixtureCase.Within(name, worst, 1e-3);
    }

    private static FixtureCase CheckGreedy(string name, LanguageModel model, JsonElement prompt)
    {
        long[] wanted = Integers(prompt, "greedy_ids");
        float[] margins = Floats(prompt, "greedy_margins");
        int sure = Enumerable.Range(0, wanted.Length).TakeWhile(i => margins[i] >= NoMargin).Count();
        long[] got = Deviation.Greedy(model, Integers(prompt, "input_ids"), sure, cached: true);
        int differs = Enumerable.Range(0, sure).FirstOrDefault(i => got[i] != wanted[i], -1);
        return new FixtureCase(name, differs < 0, differs < 0 ? $"{sure} of {wanted.Length} tokens equal, the rest has no margin" : $"token {differs} is {got[differs]}, not {wanted[differs]}");
    }

    private static long[] Integers(JsonElement from, string name) => [.. from.GetProperty(name).EnumerateArray().Select(value => value.GetInt64())];

    private static float[] Floats(JsonElement from, string name) => [.. from.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
}
