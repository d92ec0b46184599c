using OpenLedger.Contracts;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Chain;

/// <summary>The chain as the shell's foot and the admin's page show it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Block">Newest block; null while the chain does not answer.</param>
/// <param name="Problem">Why it does not answer; null while it does.</param>
/// <param name="OperatorBalance">What the node's account can spend on gas.</param>
public sealed record ChainState(string Name, ChainId Id, bool IsDevelopment, long? Block, string? Problem, Wei? OperatorBalance)
{
    public bool IsConnected => Block is not null;
}

/// <summary>Asks the chain how it is, at most once a second for all who ask.</summary>
public sealed class ReadChainState(ChainOptions options, StudioChain chain, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);   // a page waits for this

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ChainState? _last;
    private long _asked;

    public async Task<ChainState> ReadAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (_last is not null && time.GetElapsedTime(_asked) < _fresh) return _last;
            _last = await AskAsync(cancel);
            _asked = time.GetTimestamp();
            return _last;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ChainState> AskAsync(CancellationToken cancel)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(_patience);
        string name = options.IsDevelopment ? "Practice chain" : $"Chain {chain.Id}";
        try
        {
            return new ChainState(name, chain.Id, options.IsDevelopment, await chain.BlockNumberAsync(late.Token), null, await chain.BalanceOfAsync(chain.Operator, late.Token));
        }
        catch (RpcTransportException away)
        {
            return new ChainState(name, chain.Id, options.IsDevelopment, null, away.Message, null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ChainState(name, chain.Id, options.IsDevelopment, null, "the chain is slow to answer", null);
        }
    }
}
