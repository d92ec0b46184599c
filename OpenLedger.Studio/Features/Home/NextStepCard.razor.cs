using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Home;

/// <summary>The one step that leads on, with the page's one primary button.</summary>
public partial class NextStepCard
{
    [Parameter, EditorRequired] public HomeStep Step { get; set; }

    [Parameter] public HomeLoop? Loop { get; set; }

    private StepAdvice Advice => Step switch
    {
        HomeStep.BringRows => new(GlyphKind.Row, "Bring rows", "A spreadsheet or text file. Columns are recognised, and mistakes are shown with a way to fix them.", "Create a Datanet", "/datanets/new"),
        HomeStep.WaitForReview => new(GlyphKind.Row, "Your Datanet waits for review", "An admin looks at it and publishes it, or sends it back with the reason.", "Open your Datanets", "/datanets"),
        HomeStep.Train => new(GlyphKind.Adapter, "Train a model on your rows", "Three choices. You see how long it takes before you start.", "Train a model", "/factory/train"),
        HomeStep.WatchTraining => new(GlyphKind.Adapter, "Watch your training finish, then compare it with the base", "When it ends you see held-out questions answered by both, and decide whether to publish.", "Open the training", $"/factory/runs/{Loop?.Training?.JobId}"),
        HomeStep.Ask => new(GlyphKind.Answer, "Ask the model a question", "Each answer pays the rows behind it, and says which they were.", "Open the chat", "/chat"),
        HomeStep.Claim => new(GlyphKind.Coin, "Claim what your rows earned", "A claim is one transaction of your wallet. What is not settled yet waits for the next batch.", "Open rewards", "/rewards"),
        HomeStep.Done => new(GlyphKind.Coin, "Follow a coin back to its row", "Everything you earned is claimed. Each payment can be checked from the coin to the row.", "Open the trace", "/trace"),
    };

    private sealed record StepAdvice(GlyphKind Glyph, string Title, string Text, string Button, string Href);
}
