using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>Lends the model, looks passages up and lays the prompt out, so that the price is known before a token is written. Writes none.</summary>
public sealed class PrepareAnswer(ServedModels models, PassageIndexes indexes, Embedder embedder)
{
    // Old turns beyond this are left out: on two cores each 100 tokens of prompt cost a fifth of a second before the first of the answer.
    private const int MostPromptTokens = 1536;

    /// <summary>The prepared answer, or the limit that the request breaks.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="phase">Told what happens, in words for people.</param>
    /// <param name="cancel">Gives all back.</param>
    public async Task<(PreparedAnswer? Answer, RequestProblem? Problem)> PrepareAsync(AnswerRequest request, Action<string> phase, CancellationToken cancel)
    {
        phase(models.IsWarm(request.Model) ? "Reading the question" : "Loading the model");
        ModelLease lease = await models.TakeAsync(request.Model, cancel);
        try
        {
            Kernel kernel = KernelOver(lease, request);
            RetrievalResult? found = request.Versions.Count == 0 ? null : await LookUpAsync(kernel, request, phase, cancel);
            IReadOnlyList<ChatTurn> turns = Fitting(lease.Chat, request, found);
            int[] ids = lease.Chat.Encode(turns);
            if (lease.Generator.Check(new GenerationRequest(ids) { Sampling = request.Sampling, MaxTokens = request.MaxTokens }) is not RequestProblem problem)
                return (new PreparedAnswer(request, lease, kernel, turns, lease.Chat.Prompt(turns), ids.Length, found), null);
            lease.Dispose();
            return (null, problem);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private Kernel KernelOver(ModelLease lease, AnswerRequest request)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(lease.Client.AsChatCompletionService());
        builder.Plugins.AddFromObject(new PassageLookup(indexes, embedder, request.Versions), PassageLookup.Plugin);
        return builder.Build();
    }

    private async Task<RetrievalResult?> LookUpAsync(Kernel kernel, AnswerRequest request, Action<string> phase, CancellationToken cancel)
    {
        phase("Looking for passages");
        Task<RetrievalResult?> looking = kernel.InvokeAsync<RetrievalResult>(PassageLookup.Plugin, PassageLookup.Function, new KernelArguments { ["question"] = request.Question }, cancel);
        while (await Task.WhenAny(looking, Task.Delay(TimeSpan.FromMilliseconds(500), cancel)) != looking)
        {
            cancel.ThrowIfCancellationRequested();
            if (request.Versions.Select(indexes.ProgressOf).FirstOrDefault(at => at is not null) is (int done, > 0 and int of)) phase($"Indexing the rows for the first time, {100L * done / of} %");
        }

        return await looking;
    }

    // Oldest turns go first; the question always stays, and a question too long is refused by the limits.
    private static IReadOnlyList<ChatTurn> Fitting(ChatModel chat, AnswerRequest request, RetrievalResult? found)
    {
        if (found is { NothingRelevant: false }) return GroundedPrompt.Turns(request.Question, [.. found.Passages.Select(passage => passage.Passage.Indexed)]);
        int most = Math.Min(MostPromptTokens, chat.Model.Config.MaxPositions - 1);
        ChatTurn[] system = request.SystemPrompt.Length > 0 ? [new ChatTurn(ChatTurn.System, request.SystemPrompt)] : [];
        for (int skipped = 0; ; skipped++)
        {
            ChatTurn[] turns = [.. system, .. request.History.Skip(skipped), new ChatTurn(ChatTurn.User, request.Question)];
            if (skipped >= request.History.Count || (request.History[skipped].Role == ChatTurn.User && chat.Encode(turns).Length <= most)) return turns;
        }
    }
}
