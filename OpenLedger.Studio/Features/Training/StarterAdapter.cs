using System.Globalization;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Datanets;
using TorchSharp;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Makes the adapter that the Studio ships for its sample Datanet, by the Studio's own training: <c>dotnet run --project OpenLedger.Studio -c Release -- make-starter-adapter</c>.</summary>
/// <remarks>Killed, it goes on from its last checkpoint when started again. Options: <c>--rows N</c>, <c>--threads N</c>, <c>--work FOLDER</c>.</remarks>
public static class StarterAdapter
{
    private const string Verb = "make-starter-adapter", DatanetId = "medquad-sample", AdapterName = "medquad-answers-r16", BaseName = "SmolLM2-135M-Instruct";

    /// <summary>Runs if the command line asks for it; otherwise says false and the app starts.</summary>
    public static bool TryRun(string[] args)
    {
        if (args is not [Verb, ..]) return false;
        Dictionary<string, string> options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (options.TryGetValue("--threads", out string? threads)) torch.set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        int rows = options.TryGetValue("--rows", out string? asked) ? int.Parse(asked, CultureInfo.InvariantCulture) : 340;
        Make(options.GetValueOrDefault("--starter", "OpenLedger.Studio/Starter"), options.GetValueOrDefault("--work", Path.Combine(Path.GetTempPath(), Verb)), rows);
        return true;
    }

    private static void Make(string starter, string work, int rowCount)
    {
        TrainingRecipe recipe = TrainingPreset.AnswersFromYourRows.Recipe with { Packing = false }; // as the shipped one was made
        using TrainingBase on = TrainingBase.Open(Path.Combine(starter, "models", BaseName, BaseName + ".Q4_1.gguf"), BaseName);
        DatanetRow[] rows = [.. SampleRows(Path.Combine(starter, "datanets", DatanetId, "rows.jsonl"))];
        DatanetRow[] learnedFrom = [.. SampleQuestions.ForTraining(rows).Select(row => row with { Id = $"{DatanetId}/{row.Id}" })];
        IReadOnlyList<DatanetRow> grounded = new GroundedRows(learnedFrom, on.Tokenizer, new GroundedOptions { Rows = rowCount, Seed = recipe.Seed }).Build();
        PreparedRows prepared = PreparedRows.From(grounded, on.Encoder(recipe.SequenceLength));
        TrainingPlan plan = TrainingPlan.For(recipe, prepared.Rows, [MerkleTree.Root([.. rows.Select(row => row.Leaf)])]);
        TrainingFolder folder = new(work);
        Console.WriteLine($"{plan.Split.Training.Count} rows to learn from, {plan.Split.HeldOut.Count} to measure on, {prepared.Skipped.Count} left out, {plan.TotalSteps} steps, {plan.TotalTokens} tokens");
        new LoraTrainer(on.Model, on.Name, plan, folder, new Terminal(plan.TotalSteps), TimeProvider.System).Run(default, default);
        Ship(folder, Path.Combine(starter, "adapters", AdapterName), rows.Length, learnedFrom.Length);
    }

    // The sources' names stand for contributors: a node's own version of these rows carries addresses that only that node can make.
    private static IEnumerable<DatanetRow> SampleRows(string path) =>
        File.ReadLines(path).Select(CanonicalJson.Read<SampleRow>).Select(row =>
            new DatanetRow(row.Id, [new(ChatTurn.User, row.Question), new(ChatTurn.Assistant, row.Answer)], null, row.Source, row.Source, row.Url));

    private static void Ship(TrainingFolder from, string target, int rows, int learnedFrom)
    {
        TrainingRun run = CanonicalJson.Read<TrainingRun>(File.ReadAllText(from.Run));
        AtomicFolder.Write(target, folder =>
        {
            foreach (string file in Directory.EnumerateFiles(from.Adapter)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            File.Copy(from.Log, Path.Combine(folder, Path.GetFileName(from.Log)));
            File.Copy(from.Run, Path.Combine(folder, Path.GetFileName(from.Run)));
            File.WriteAllBytes(Path.Combine(folder, "manifest.json"), CanonicalJson.SerializeToUtf8(AdapterCard.For(run, AdapterName)));
            File.WriteAllText(Path.Combine(folder, "README.md"), Card(run, rows, learnedFrom));
        });
        Console.WriteLine($"written to {target}");
    }

    private static string Card(TrainingRun run, int rows, int learnedFrom) => string.Create(CultureInfo.InvariantCulture, $"""
        # {AdapterName}

        Teaches {run.BaseName} to answer from the passages it is given, and to say "{GroundedPrompt.Refusal}" when they do not say.

        - Base: {run.BaseName} (Apache-2.0), weights SHA-256 `{run.Base}`
        - Rows: {run.TrainingRows + run.HeldOutRows} of the sample Datanet `{DatanetId}` ({rows} rows of MedQuAD, CC BY 4.0), built into questions with passages; {rows - learnedFrom} rows were kept out to ask questions about
        - LoRA rank {run.Recipe.Rank} on all linear layers, {run.Steps} steps of {run.Recipe.BatchSize}, rate {run.Recipe.LearningRate} falling
        - Loss on {run.HeldOutRows} kept-out rows: {run.BaseLoss:F3} before, {run.TunedLoss:F3} after
        - Licence of the adapter: CC BY 4.0, as its rows

        The dataset root in its records is over the shipped rows with the sources' names as contributors; each Studio publishes the same rows under addresses of its own.
        `{Path.GetFileName(new TrainingFolder("").Log)}` says which rows were used in which step; its head `{run.LogHead}` stands in `run.json` and `manifest.json`.
        Made, and made again, by `dotnet run --project OpenLedger.Studio -c Release -- {Verb}`.

        """);

    private sealed class Terminal(int totalSteps) : ITrainingWatcher
    {
        public void Stepped(StepProgress step) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"step {step.Step}/{totalSteps}  loss {step.Loss:F3}  norm {step.GradientNorm:F2}  {step.TokensPerSecond:F0} tokens/s  {step.ResidentBytes >> 20} MB  {step.SecondsLeft / 60:F0} min left"));

        public void Evaluated(HeldOutLoss loss) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after step {loss.Step}: loss on kept-out rows {loss.Loss:F4}"));

        public void CheckpointWritten(int step)
        {
        }
    }
}
