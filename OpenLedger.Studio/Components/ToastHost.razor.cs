using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace OpenLedger.Studio.Components;

/// <summary>Shows Mud's toasts without Mud's host, which writes a style element of a random name for each and so cannot live under the policy.</summary>
public sealed partial class ToastHost : IDisposable
{
    private static readonly TimeSpan _shownFor = TimeSpan.FromSeconds(4);
    private readonly CancellationTokenSource _left = new();

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = TimeProvider.System;

    public void Dispose()
    {
        Toasts.OnSnackbarsUpdated -= Refresh;
        _left.Cancel();
        _left.Dispose();
    }

    protected override void OnInitialized() => Toasts.OnSnackbarsUpdated += Refresh;

    private void Refresh() => _ = InvokeAsync(ShowAsync);

    private async Task ShowAsync()
    {
        StateHasChanged();
        if (Toasts.ShownSnackbars.LastOrDefault() is not { } toast) return;
        try
        {
            await Task.Delay(_shownFor, Clock, _left.Token);
            Toasts.Remove(toast);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left while its toast stood: nothing remains to close.
        }
    }
}
