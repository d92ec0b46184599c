using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Engine.Datanets;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>Whose the rows are, and the rows that others offer.</summary>
public sealed partial class ContributorsTab : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<DatanetRow>? _looked;
    private Refusal? _refusal;
    private string _reason = "";

    [Parameter, EditorRequired] public DatanetView View { get; set; } = null!;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    /// <summary>Told when an offer got its answer.</summary>
    [Parameter] public EventCallback OnChange { get; set; }

    [Inject] private ReviewContribution Review { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LookAsync(string id)
    {
        Outcome<IReadOnlyList<DatanetRow>> outcome = await Task.Run(() => Review.Look(Person, id), _left.Token);
        (_looked, _refusal) = (outcome.Value, outcome.Refusal);
    }

    private async Task AcceptAsync(ContributionDocument offer)
    {
        int next = View.Datanet.LatestVersion + 1;
        bool sure = await Dialogs.ConfirmAsync(new ConfirmQuestion(
            $"Take {DatanetWords.Count(offer.Rows, "row")} and publish version {next}?", "The rows stay their contributor's, who earns by them. Its root goes on the chain; a published version cannot be changed.", $"Publish version {next}"));
        if (sure) await AnswerAsync((await Review.AcceptAsync(Person, offer.Id, _left.Token)).Refusal, $"Version {next} is published.");
    }

    private async Task SendBackAsync(string id) => await AnswerAsync((await Review.SendBackAsync(Person, id, _reason, _left.Token)).Refusal, "Sent back with your reason.");

    private async Task AnswerAsync(Refusal? refusal, string done)
    {
        _refusal = refusal;
        if (refusal is not null) return;
        (_reason, _looked) = ("", null);
        Toasts.Done(done);
        await OnChange.InvokeAsync();
    }

    private static string AnswerOf(ContributionDocument offer) => offer.State switch
    {
        ContributionState.Waiting => "Waits for the owner",
        ContributionState.Accepted => $"Taken into version {offer.Version}",
        ContributionState.SentBack => $"Sent back: {offer.Reason}",
    };
}
