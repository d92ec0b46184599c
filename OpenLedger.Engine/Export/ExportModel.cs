using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Export;

/// <summary>What is to leave, and where it lies.</summary>
/// <param name="BasePath">The base's file or folder.</param>
/// <param name="AdapterFolder">The adapter in PEFT's form.</param>
/// <param name="Questions">Questions of the model's own field, asked first in the self-test.</param>
public sealed record ExportRequest(string BasePath, string AdapterFolder, ExportFormat Format, ModelCard Card, IReadOnlyList<string> Questions);

/// <summary>
/// Writes a tuned model in a form that others read, reads it again, and keeps it only if it answers as the Studio does. Knows nothing of people or jobs.
/// </summary>
public sealed class ExportModel(ExportRequest request, Action<double, string>? progress = null)
{
    /// <summary>The card's file.</summary>
    public const string CardName = "README.md";

    /// <summary>The self-test's result beside it.</summary>
    public const string TestName = "self-test.json";

    private const string GgufStem = "model";

    /// <summary>Writes the folder whole or not at all: a failed self-test leaves nothing.</summary>
    /// <exception cref="ExportException">This model does not go into this form, or the self-test failed.</exception>
    /// <exception cref="AdapterException">The adapter cannot be read.</exception>
    public SelfTestResult Write(string folder, CancellationToken cancel)
    {
        SelfTestResult? result = null;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        AtomicFolder.Write(folder, temporary =>
        {
            result = WriteInto(temporary, cancel);
            if (result.Failure is { } failure) throw new ExportException($"The export failed its self-test, so it was not kept: {failure}.");
            File.WriteAllText(Path.Combine(temporary, CardName), request.Card.Write(request.Format, result));
            File.WriteAllBytes(Path.Combine(temporary, TestName), CanonicalJson.SerializeToUtf8(result));
        });
        return result!;
    }

    private SelfTestResult WriteInto(string folder, CancellationToken cancel)
    {
        progress?.Invoke(0, "Opening the base");
        SelfTest test;
        Tokenizer words;
        IReadOnlyList<int[]> prompts;
        using (ChatModel chat = ChatModel.Load(request.BasePath, cancel: cancel))
        using (LoraWeights adapter = AdapterFile.Read(request.AdapterFolder, chat.Model.AdapterBase, chat.Model.Device))
        {
            progress?.Invoke(0.1, "Asking the Studio's model");
            prompts = SelfTestPrompts.For(chat, request.Questions);
            words = chat.Tokenizer;
            test = SelfTest.Take(chat.Model, adapter, prompts, cancel);
            progress?.Invoke(0.4, "Writing the files");
            WriteFiles(folder, chat, adapter, cancel);
            if (request.Format == ExportFormat.Adapter)
            {
                progress?.Invoke(0.6, "Reading it again and comparing");
                using LoraWeights again = AdapterFile.Read(folder, chat.Model.AdapterBase, chat.Model.Device);
                return test.Compare(chat.Model, again, request.Format, cancel);
            }
        }
        progress?.Invoke(0.6, "Reading it again and comparing");
        using ChatModel written = ChatModel.Load(request.Format.IsGguf() ? Path.Combine(folder, FileName) : folder, cancel: cancel);
        RequireSameWords(written, prompts, words);
        return test.Compare(written.Model, null, request.Format, cancel);
    }

    private string FileName => $"{GgufStem}-{request.Format switch { ExportFormat.GgufQ8 => "Q8_0", ExportFormat.GgufQ4 => "Q4_0", _ => "F16" }}.gguf";

    private void WriteFiles(string folder, ChatModel chat, LoraWeights adapter, CancellationToken cancel)
    {
        if (request.Format == ExportFormat.Adapter)
        {
            AdapterFile.Write(folder, adapter, request.Card.Base, chat.Model.Config.Transposed);
            return;
        }
        using MergedModel merged = new(request.BasePath, chat.Model.AdapterBase, adapter);
        if (!request.Format.IsGguf())
        {
            CheckpointExport.Write(folder, merged, request.BasePath, cancel);
            return;
        }
        GgufRules.RequireLoadable(merged.Config);
        GgufExport.Write(Path.Combine(folder, FileName), merged, request.BasePath, request.Card.Name, request.Format, cancel);
    }

    private void RequireSameWords(ChatModel written, IReadOnlyList<int[]> prompts, Tokenizer words)
    {
        bool same = SelfTestPrompts.For(written, request.Questions).Zip(prompts).All(pair => pair.First.SequenceEqual(pair.Second))
            && SelfTestPrompts.CutAlike(written.Tokenizer, words);
        if (!same) throw new ExportException("The export would cut words into other tokens than the Studio does, so it was not kept. Export it in another form.");
    }
}
