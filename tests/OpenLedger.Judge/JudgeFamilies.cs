using LLama.Exceptions;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Training;
using OpenLedger.Fixtures;
using OpenLedger.Fixtures.Areas;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Judge;

/// <summary>Exports the tiny model of every family with an adapter on all its linear layers, and asks llama.cpp for the tokens that we say. Knows no real model.</summary>
internal static class JudgeFamilies
{
    private const int Tokens = 24;
    private const double Tolerance = 1e-3, TableTolerance = 3e-2;   // of a logit: both compute in float32, but ggml looks GELU up in a table of 16 bits
    private static readonly int[] Prompt = [7, 90, 33, 201, 150, 12, 64, 240, 99, 5];

    /// <summary>Whether all that are written are read alike; what is refused is printed with its sentence.</summary>
    public static bool Run(string folder)
    {
        bool passed = true;
        foreach (string family in Directory.GetDirectories(Path.Combine(FixtureFolders.Root(), "families")).Order(StringComparer.Ordinal)) passed &= Judge(family, Path.Combine(folder, Path.GetFileName(family)));
        return passed;
    }

    private static bool Judge(string family, string folder)
    {
        string name = Path.GetFileName(family);
        try
        {
            string file = Export(family, folder);
            using ChatModel chat = ChatModel.Load(file);
            int[] ours = GreedyAnswer.To(chat.Model, null, Prompt, new HashSet<int>(), Tokens, CancellationToken.None);
            using LlamaCpp judge = new(file);
            int[] theirs = judge.Greedy(Prompt, Tokens);
            int[] text = [.. Prompt, .. ours];
            double deviation = Deviation.Of(Deviation.Logits(chat.Model, [.. text.Select(id => (long)id)], 1), judge.Logits(text));
            int same = ours.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
            Console.WriteLine($"{name}: llama.cpp says {same} of our {Tokens} tokens; largest difference of a logit {deviation:0.0e+0}");
            return same == Tokens && deviation <= (chat.Model.Config.Activation == Activation.Silu ? Tolerance : TableTolerance);
        }
        catch (ExportException refused)
        {
            Console.WriteLine($"{name}: not exported: {refused.Message}");
            return true;
        }
        catch (LoadWeightsFailedException unread)
        {
            Console.WriteLine($"{name}: llama.cpp does not load it: {unread.Message}");
            return false;
        }
    }

    private static string Export(string family, string folder)
    {
        string basePath = Path.Combine(folder, "base"), adapter = Path.Combine(folder, "adapter"), target = Path.Combine(folder, "out");
        Directory.CreateDirectory(basePath);
        foreach (string file in Directory.GetFiles(family)) File.Copy(file, Path.Combine(basePath, Path.GetFileName(file)));
        ByteWords.Write(basePath);
        using (LanguageModel model = LanguageModel.Load(basePath))
        using (LoraWeights weights = LoraWeights.Create(new LoraConfig(4, 8, 0, [LoraConfig.AllLinear]), model.Linears, 3, CPU))
        {
            Scatter(weights);
            AdapterFile.Write(adapter, weights, "tiny", model.Config.Transposed);
        }
        ModelCard card = new() { Name = "tiny", Base = "tiny", BaseHash = "", Licence = "MIT", WeightsHash = "", AttributionLink = "" };
        new ExportModel(new ExportRequest(basePath, adapter, ExportFormat.GgufF16, card, [])).Write(target, CancellationToken.None);
        return Directory.GetFiles(target, "*.gguf").Single();
    }

    private static void Scatter(LoraWeights weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        using Generator random = new(3, CPU);
        foreach (LoraPair pair in weights.Pairs.Values) pair.B.copy_(rand(pair.B.shape, generator: random).sub_(0.5));
    }
}
