using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One choice out of a short list; the browser's own list, so that keyboards, screen readers and phones know it.</summary>
/// <typeparam name="T">What is chosen.</typeparam>
public partial class SelectField<T>
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public bool LabelHidden { get; set; }

    [Parameter] public string? Help { get; set; }

    [Parameter] public string? Error { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<T> Options { get; set; } = [];

    /// <summary>The words for an option.</summary>
    [Parameter] public Func<T, string> Name { get; set; } = option => option?.ToString() ?? "";

    [Parameter] public T? Value { get; set; }

    [Parameter] public EventCallback<T> ValueChanged { get; set; }

    [Parameter] public bool Disabled { get; set; }

    private int IndexOf(T? value)
    {
        for (int i = 0; i < Options.Count; i++)
            if (EqualityComparer<T>.Default.Equals(Options[i], value)) return i;
        return -1;
    }

    private Task Choose(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < Options.Count
            ? ValueChanged.InvokeAsync(Options[i])
            : Task.CompletedTask;
}
