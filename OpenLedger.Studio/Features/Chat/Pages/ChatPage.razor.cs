using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>The chat: ask, watch the answer come, see what stands behind it and who earned. The server writes; this page only looks.</summary>
public sealed partial class ChatPage : IDisposable
{
    private const int MostDraftRows = 8;

    private bool _loading = true, _missing, _settingsOpen, _chatsOpen;
    private ChatAsker _asker = null!;
    private ChatChoices _choices = new([], []);
    private IReadOnlyList<ChatDocument> _chats = [];
    private ChatDocument? _chat;
    private ChatSettings? _settings;
    private IReadOnlyList<ChatExchange> _exchanges = [];
    private IReadOnlyList<string> _samples = [];
    private string _draft = "";
    private string? _refusal, _editing;
    private EarnedByAnswer? _earned, _passageEarned;
    private NotedPassage? _passage;
    private AnswerNotes? _passageNotes;
    private MomentView? _moment;
    private ElementReference _scroller;

    [Parameter] public string? Id { get; set; }

    /// <summary>The model a new chat begins with.</summary>
    [SupplyParameterFromQuery(Name = "model")] public string? AskedModel { get; set; }

    [Inject] private CurrentAsker Current { get; set; } = null!;

    [Inject] private ReadChats Chats { get; set; } = null!;

    [Inject] private AskQuestion Ask { get; set; } = null!;

    [Inject] private ChangeChat Change { get; set; } = null!;

    [Inject] private ReadEarned Earnings { get; set; } = null!;

    [Inject] private ReadMoment Moments { get; set; } = null!;

    [Inject] private SuggestQuestions Suggest { get; set; } = null!;

    [Inject] private RunningAnswers Answers { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    private string Title => _chat?.Title ?? "New chat";

    private bool IsWriting => _exchanges is [.., { Answer: ChatMessage answer }] && Answers.Find(answer.Id) is not null;

    private bool IsSupported => AnswerNotes.Read(_exchanges.LastOrDefault()?.Answer?.Citations) is { IsSupported: true };

    private int DraftRows => Math.Clamp(_draft.Count(c => c == '\n') + 1, 1, MostDraftRows);

    private string? CompareBase => Chosen is { Kind: not ModelKind.Base, BaseId: string root } ? root : null;

    private ModelDocument? Chosen => _choices.Models.FirstOrDefault(choice => choice.Model.Id == _settings?.ModelId)?.Model;

    private string FirstText => _settings!.UsePassages
        ? "The answer comes from the rows of people who are named beside it, and who are paid for it."
        : "The model answers by itself. Switch looking up on to have it answer from rows.";

    private string PriceText
    {
        get
        {
            if (Chosen is ModelDocument chosen && PriceOfCall.IsFree(chosen)) return "Costs nothing: its licence does not allow selling";
            Wei about = _choices.Models.FirstOrDefault(choice => choice.Model.Id == _settings!.ModelId)?.About ?? Wei.Zero;
            string payer = _asker.IsGuest ? "the node pays for guests" : "from your balance, or while it is empty from the node's allowance";
            return $"About {about.ToOpenText(6)} OPEN an answer; {payer}";
        }
    }

    protected override void OnInitialized() => Answers.Changed += Look;

    protected override async Task OnParametersSetAsync()
    {
        _asker = await Current.GetAsync();
        _choices = Chats.Choices(_asker);
        (_refusal, _passage, _editing, _chatsOpen) = (null, null, null, false);
        await LoadAsync();
        _settings = _chat?.Settings ?? _choices.Usual(AskedModel);
        _moment = await Moments.OfAsync(Chosen, CancellationToken.None);
        await SuggestAsync();
        _loading = false;
    }

    public void Dispose() => Answers.Changed -= Look;

    private static string NameOf(ModelDocument model) => model.Kind switch
    {
        ModelKind.Base => $"{model.Name}, base",
        ModelKind.Moment => $"{model.Name}, not published",
        ModelKind.Adapter => model.State == ModelState.Published ? model.Name : $"{model.Name}, private",
    };

    private string ModelName(string? id) => _choices.Models.FirstOrDefault(choice => choice.Model.Id == id) is { } choice ? NameOf(choice.Model) : id ?? "";

    private async Task LoadAsync()
    {
        _chats = Chats.All(_asker);
        _chat = Id is null ? null : Chats.Find(_asker, Id);
        _missing = Id is not null && _chat is null;
        _exchanges = _chat is null ? [] : ChatExchange.Of(_chat);
        _earned = await Earnings.ForAsync(_exchanges.LastOrDefault()?.Answer?.ReceiptId, CancellationToken.None);
    }

    // On the writer's thread: the page draws on its own.
    private void Look(string chatId)
    {
        if (chatId != Id) return;
        _ = InvokeAsync(async () =>
        {
            await LoadAsync();
            StateHasChanged();
            await ScrollAsync();
        });
    }

    private async Task SendAsync(string text)
    {
        if (_settings is null) return;
        Outcome<ChatDocument> asked = await Ask.AskAsync(_asker, _chat?.Id, _settings, text, _editing, CancellationToken.None);
        _refusal = asked.Refusal?.What;
        if (asked.Value is not ChatDocument chat) return;
        (_draft, _editing) = ("", null);
        if (Id is null) Navigation.NavigateTo($"/chat/{chat.Id}");
        else await LoadAsync();
    }

    private async Task AgainAsync(string questionId)
    {
        _refusal = (await Ask.AgainAsync(_asker, _chat!.Id, questionId, _settings!, CancellationToken.None)).Refusal?.What;
        await LoadAsync();
    }

    private void Edit(ChatMessage question) => (_draft, _editing) = (question.Text, question.Id);

    private void StopEditing() => (_draft, _editing) = ("", null);

    private async Task JudgeAsync(string messageId, bool? good)
    {
        Change.Judge(_asker, _chat!.Id, messageId, good);
        await LoadAsync();
    }

    private async Task OpenPassageAsync(ChatMessage answer, NotedPassage passage)
    {
        (_passageNotes, _passageEarned) = (AnswerNotes.Read(answer.Citations), await Earnings.ForAsync(answer.ReceiptId, CancellationToken.None));
        _passage = passage;
    }

    // Another model brings the rows it learned from along: it would look for its answer in somebody else's.
    private async Task ChooseModelAsync(ChangeEventArgs change)
    {
        ChatSettings usual = _choices.Usual(change.Value as string)!;
        await SetAsync(_settings! with { ModelId = usual.ModelId, CompareWith = null, Temperature = usual.Temperature, TopP = usual.TopP, DatanetIds = usual.DatanetIds });
        _moment = await Moments.OfAsync(Chosen, CancellationToken.None);
        await SuggestAsync();
    }

    private async Task SuggestAsync() =>
        _samples = _chat is null && _settings is { UsePassages: true, DatanetIds: [string datanet, ..] } ? await Suggest.ForAsync(datanet, CancellationToken.None) : [];

    private Task SetAsync(ChatSettings settings)
    {
        _settings = settings;
        if (_chat is not null) Change.Set(_asker, _chat.Id, settings);
        return Task.CompletedTask;
    }

    private async Task ScrollAsync() => await Script.InvokeVoidAsync("studio.scrollToEnd", _scroller);
}
