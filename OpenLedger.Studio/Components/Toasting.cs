using MudBlazor;

namespace OpenLedger.Studio.Components;

/// <summary>Says that something is done, for four seconds. Never an error: errors stand where they happened, with their mend.</summary>
public static class Toasting
{
    public static void Done(this ISnackbar toasts, string words) => toasts.Add(words, Severity.Normal);
}
