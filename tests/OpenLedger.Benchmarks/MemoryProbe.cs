using System.Diagnostics;
using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;
using static TorchSharp.torch;

namespace OpenLedger.Benchmarks;

/// <summary>The most memory that one kind of training holds, from loading to its second step, in a process of its own. Knows nothing of time.</summary>
internal static class MemoryProbe
{
    /// <summary>The word that makes this program a probe.</summary>
    public const string Verb = "probe";

    private static readonly Dictionary<string, Action> Kinds = new(StringComparer.Ordinal)
    {
        ["lora"] = () => Steps(BaseForm.Float32, TrainingShapes.Even(4, 256), recompute: false),
        ["lora-recomputed"] = () => Steps(BaseForm.Float32, TrainingShapes.Even(4, 256), recompute: true),
        ["qlora"] = () => Steps(BaseForm.Nf4, TrainingShapes.Even(4, 256), recompute: true),
        ["int8"] = () => Steps(BaseForm.Int8, TrainingShapes.Even(4, 256), recompute: true),
        ["batch"] = () => Steps(BaseForm.Float32, TrainingShapes.MedQuad(TrainingShapes.NaturalRows), recompute: false),
        ["batch-recomputed"] = () => Steps(BaseForm.Float32, TrainingShapes.MedQuad(TrainingShapes.NaturalRows), recompute: true),
        ["batch-plain"] = Plain,
    };

    /// <summary>Peak resident bytes of a kind.</summary>
    public static double Peak(string kind)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [Verb, kind]) { RedirectStandardOutput = true };
        using Process probe = Process.Start(start)!;
        string said = probe.StandardOutput.ReadToEnd();
        probe.WaitForExit();
        return probe.ExitCode == 0 ? double.Parse(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], CultureInfo.InvariantCulture) : throw new InvalidOperationException($"the probe '{kind}' ended with {probe.ExitCode}");
    }

    /// <summary>Resident memory after 50 runs that were started and cancelled, as a multiple of that after 10.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Runs as the probe.</summary>
    public static int Run(string kind)
    {
        if (kind == Cancelled)
        {
            Console.WriteLine(Growth(10, 50).ToString(CultureInfo.InvariantCulture));
            return 0;
        }
        Kinds[kind]();
        Console.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Growth(int first, int last)
    {
        double resident = 0;
        for (int run = 1; run <= last; run++)
        {
            CancelledRun.Start();
            if (run == first) resident = Environment.WorkingSet;
        }
        return Environment.WorkingSet / resident;
    }

    // Batch after batch: the widest says what the most is.
    private static void Steps(BaseForm form, EncodedRow[] rows, bool recompute)
    {
        using LanguageModel model = LanguageModel.Load(Repository.Starter(TrainingShapes.StarterModel), form: form);
        using LoraWeights adapter = LoraWeights.Create(TrainingShapes.QueryValue, model.Linears, 1, CPU);
        using AdamW optimizer = new(adapter.Parameters, 0.01);
        TrainingStep step = new(model, adapter, optimizer, 0, 1) { Packing = true, Recompute = recompute };
        for (int round = 0; round < (rows.Length > TrainingShapes.Batch ? 1 : 2); round++)
            foreach (EncodedRow[] batch in rows.Chunk(TrainingShapes.Batch)) step.Run([batch], 1e-4, round);
    }

    private static void Plain()
    {
        EncodedRow[] rows = TrainingShapes.MedQuad(TrainingShapes.NaturalRows);
        using LanguageModel model = LanguageModel.Load(Repository.Starter(TrainingShapes.StarterModel));
        using LoraWeights adapter = LoraWeights.Create(TrainingShapes.QueryValue, model.Linears, 1, CPU);
        using AdamW optimizer = new(adapter.Parameters, 0.01);
        foreach (EncodedRow[] batch in rows.Chunk(TrainingShapes.Batch)) TrainingShapes.PlainStep(model, adapter, optimizer, batch);
    }
}
