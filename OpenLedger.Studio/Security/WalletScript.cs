using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpenLedger.Studio.Security;

/// <summary>Speaks to the wallet script in the browser: who is there, sign in, and send what the person agreed to. Holds no key.</summary>
public sealed class WalletScript(IJSRuntime script) : IAsyncDisposable
{
    private const string Module = "./built/wallet.js";   // the import map gives it its fingerprint

    private IJSObjectReference? _module;

    /// <summary>The wallets of this browser.</summary>
    public async Task<IReadOnlyList<FoundWallet>> FindAsync(CancellationToken cancel = default) => await (await LoadAsync(cancel)).InvokeAsync<FoundWallet[]>("wallets", cancel);

    /// <summary>The practice wallet's address, or null when none was made in this browser.</summary>
    public async Task<string?> PracticeAsync(CancellationToken cancel = default) => await (await LoadAsync(cancel)).InvokeAsync<string?>("practice", cancel);

    /// <param name="kind">A wallet's id, or "practice".</param>
    /// <param name="cancel">Leaves the page.</param>
    public async Task<WalletAnswer> SignInAsync(string kind, CancellationToken cancel = default) => await (await LoadAsync(cancel)).InvokeAsync<WalletAnswer>("signIn", cancel, kind);

    /// <summary>Has the signed-in wallet sign and send a call, after the person's yes there.</summary>
    /// <param name="chain">What the wallet needs to find the chain.</param>
    /// <param name="from">The account that is signed in: no other sends.</param>
    /// <param name="to">The contract's address.</param>
    /// <param name="data">0x and calldata.</param>
    /// <param name="valueHex">In wei, 0x and hex.</param>
    /// <param name="cancel">Leaves the page.</param>
    /// <returns>The transaction's hash, which says nothing yet of whether it was mined.</returns>
    public async Task<WalletAnswer> SendAsync(WalletChain chain, string from, string to, string data, string valueHex, CancellationToken cancel = default) =>
        await (await LoadAsync(cancel)).InvokeAsync<WalletAnswer>("send", cancel, chain, new { from, to, data, value = valueHex });

    public async ValueTask DisposeAsync()
    {
        if (_module is null) return;
        try
        {
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }

    private async Task<IJSObjectReference> LoadAsync(CancellationToken cancel) => _module ??= await script.InvokeAsync<IJSObjectReference>("import", cancel, Module);
}

/// <summary>A wallet extension of this browser.</summary>
public sealed record FoundWallet(string Id, string Name, string? Icon);

/// <summary>What a wallet said: an address or a transaction, or why not.</summary>
public sealed record WalletAnswer(bool Ok, string? Address, string? Hash, string? Why);

/// <summary>What a wallet has to be told to find this chain; <paramref name="Rpc"/> may be a path of this site.</summary>
public sealed record WalletChain(long Id, string Name, string Rpc);
