using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Training;
using OpenLedger.Judge;

// Lets llama.cpp read what we export: the tiny model of every family (OPENLEDGER_FIXTURES names a larger set), then the starter model with the shipped adapter worked into it, in each GGUF form.
// dotnet run --project tests/OpenLedger.Judge -c Release
const int Tokens = 24;
string[] questions = ["What is glaucoma?", "Name three fruits.", "How do plants make sugar?", "Translate 'good morning' into Italian.", "Ünïcödé 東京 🙂 12345?"];
DirectoryInfo? root = new(AppContext.BaseDirectory);
while (root is not null && !File.Exists(Path.Combine(root.FullName, "OpenLedger.sln"))) root = root.Parent;
string starter = Path.Combine(root!.FullName, "OpenLedger.Studio", "Starter"), folder = Directory.CreateTempSubdirectory("openledger-judge-").FullName;
ExportRequest request = new(
    Path.Combine(starter, "models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf"), Path.Combine(starter, "adapters", "medquad-answers-r16"), ExportFormat.GgufF16,
    new ModelCard { Name = "judged", Base = "SmolLM2-135M-Instruct", BaseHash = "", Licence = "Apache-2.0", WeightsHash = "", AttributionLink = "" }, []);
bool passed = JudgeFamilies.Run(folder);
foreach (ExportFormat format in (ExportFormat[])[ExportFormat.GgufF16, ExportFormat.GgufQ8, ExportFormat.GgufQ4])
{
    string target = Path.Combine(folder, format.ToString());
    SelfTestResult self = new ExportModel(request with { Format = format }).Write(target, CancellationToken.None);
    string file = Directory.GetFiles(target, "*.gguf").Single();
    Console.WriteLine($"{format}: {new FileInfo(file).Length / 1e6:F0} MB; self-test: {self.Words}");
    passed &= Judge(file);
}
Directory.Delete(folder, recursive: true);
return passed ? 0 : 1;

bool Judge(string file)
{
    List<(string Text, int[] Prompt, int[] Answer)> ours = [];
    using (ChatModel chat = ChatModel.Load(file))
    {
        foreach (string question in questions)
        {
            ChatTurn[] turns = [new(ChatTurn.User, question)];
            int[] prompt = chat.Encode(turns);
            ours.Add((chat.Prompt(turns), prompt, GreedyAnswer.To(chat.Model, null, prompt, new HashSet<int>(), Tokens, CancellationToken.None)));
        }
    }
    using LlamaCpp judge = new(file);
    int words = ours.Count(one => judge.Encode(one.Text).SequenceEqual(one.Prompt)), answers = ours.Count(one => judge.Greedy(one.Prompt, Tokens).SequenceEqual(one.Answer));
    Console.WriteLine($"  llama.cpp: {words} of {ours.Count} prompts are the same tokens, {answers} of {ours.Count} answers are the same {Tokens} tokens");
    return words == ours.Count && answers == ours.Count;
}
