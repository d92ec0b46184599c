using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Layout;

/// <summary>The chain's newest block and the wallet's coins, looked up every few seconds while the page is open. Signing out is a request of the shell's script, because only a response can drop a cookie.</summary>
public sealed partial class ChainFoot : IDisposable
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _left = new();
    private ChainState? _state;
    private Wei? _balance;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    /// <summary>Where signing in leads, and back.</summary>
    [Parameter] public string SignInHref { get; set; } = SignInLink.Page;

    [Inject] private ReadChainState ReadChain { get; set; } = null!;

    [Inject] private IChain Chain { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        CancellationToken left = _left.Token;
        using PeriodicTimer timer = new(_between, Clock);
        try
        {
            do await LookAsync(left);
            while (await timer.WaitForNextTickAsync(left));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The page was left: nobody looks any more.
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        _state = await ReadChain.ReadAsync(cancel);
        _balance = _state.IsConnected && Person.Address is { } address ? await CoinsOfAsync(address, cancel) : null;
        StateHasChanged();
    }

    private async Task<Wei?> CoinsOfAsync(Address address, CancellationToken cancel)
    {
        try
        {
            return await Chain.BalanceOfAsync(address, cancel);
        }
        catch (RpcTransportException)
        {
            return null;   // asked again in a few seconds, and the line above says that the chain is away
        }
    }

    private static string Words(ChainState state) => state.Block is { } block ? $"{state.Name} · block {block.ToString("N0", CultureInfo.InvariantCulture)}" : $"{state.Name} does not answer yet";
}
