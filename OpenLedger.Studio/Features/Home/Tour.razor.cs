using Microsoft.AspNetCore.Components.Web;

namespace OpenLedger.Studio.Features.Home;

/// <summary>Five sentences for the first visit. Never blocks the page; Esc leaves it.</summary>
public partial class Tour
{
    private static readonly IReadOnlyList<Stop> Stops =
    [
        new("This line is the thread", "It runs from a row of data to a coin. Solid means recorded, dashed means not yet. Follow it to see why anything was paid."),
        new("A row is the beginning", "A row is a question and its answer, with its owner and licence. Versions of a Datanet are sealed by one hash."),
        new("Three choices train a model", "A base, rows, and how thorough. You see how long it takes before you start."),
        new("Answers name their sources", "In the chat, press a number to read the row it came from."),
        new("Every coin leads back", "A trace goes from a payment to its rows. Press Check everything again and your own machine recomputes it."),
    ];

    private int _at;
    private bool _left;

    private void Again() => (_at, _left) = (0, false);

    private void LeaveOnEscape(KeyboardEventArgs key)
    {
        if (key.Key == "Escape") _left = true;
    }

    private sealed record Stop(string Title, string Text);
}
