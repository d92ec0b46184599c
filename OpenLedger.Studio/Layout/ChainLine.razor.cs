using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Chain;

namespace OpenLedger.Studio.Layout;

/// <summary>Which chain this is and its newest block, asked again every few seconds once the page is live. A page never waits for it.</summary>
public sealed partial class ChainLine : IDisposable
{
    private static readonly TimeSpan _askEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _left = new();
    private ChainState? _state;

    [Inject] private ReadChainState Chain { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private string Text => _state switch
    {
        null => "Chain",
        { Block: long block } => string.Create(CultureInfo.InvariantCulture, $"{_state.Name} · block {block:N0}"),
        _ => $"{_state.Name} · not connected",
    };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = AskAsync(_left.Token);
    }

    private async Task AskAsync(CancellationToken left)
    {
        using PeriodicTimer timer = new(_askEvery, Time);
        try
        {
            do
            {
                _state = await Chain.ReadAsync(left);
                await InvokeAsync(StateHasChanged);
            }
            while (await timer.WaitForNextTickAsync(left));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;   // the page was left
        }
    }
}
