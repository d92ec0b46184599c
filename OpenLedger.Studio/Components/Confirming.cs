using MudBlazor;

namespace OpenLedger.Studio.Components;

/// <summary>Puts a question to the person over Mud's dialogs and waits for the answer.</summary>
public static class Confirming
{
    private static readonly DialogOptions _options = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true, CloseButton = false };

    /// <returns>True when the person pressed the button that names the act; false for every other way out.</returns>
    public static async Task<bool> ConfirmAsync(this IDialogService dialogs, ConfirmQuestion question)
    {
        var parameters = new DialogParameters<ConfirmDialog> { { dialog => dialog.Question, question } };
        IDialogReference dialog = await dialogs.ShowAsync<ConfirmDialog>(question.Title, parameters, _options);
        DialogResult? result = await dialog.Result;
        return result is { Canceled: false };
    }
}
