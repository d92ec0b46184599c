using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Nethereum.Hex.HexConvertors.Extensions;
using Nethereum.Hex.HexTypes;
using Nethereum.JsonRpc.Client;
using Nethereum.Model;
using Nethereum.RPC;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Signer;

namespace OpenLedger.Journeys;

/// <summary>
/// A wallet extension whose person is the test: it signs with its key, changes chains when told, and says no to what is in <see cref="Refuses"/>. Speaks EIP-1193 behind <c>injected-wallet.js</c>.
/// </summary>
/// <param name="key">The account that is chosen in it.</param>
/// <param name="site">The Studio, whose gateway it sends through once it was given the chain.</param>
public sealed class InjectedWallet(TestKey key, Uri site)
{
    private const int SaidNo = 4001, UnknownChain = 4902, UnknownMethod = 4200;
    private const string Mainnet = "0x1";

    // In wei a gas; a development chain takes any tip, and its base fee is below 1 gwei.
    private static readonly BigInteger Tip = 1_000_000, MostAGas = 100_000_000_000;

    private readonly HashSet<string> _chains = [Mainnet];

    /// <summary>As it stands in the extension's list.</summary>
    public static string Name => "Journey wallet";

    /// <summary>The account that is chosen.</summary>
    public TestKey Key { get; set; } = key;

    /// <summary>The chain it is on.</summary>
    public string Chain { get; private set; } = Mainnet;

    /// <summary>Says yes to a change of chain and stays where it is, as a wallet does whose window was closed.</summary>
    public bool StaysOnItsChain { get; set; }

    /// <summary>Gives no account until it is opened.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Methods its person says no to.</summary>
    public HashSet<string> Refuses { get; } = [];

    /// <summary>Every method it was asked, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Puts it into a browser: every page opened from now on has it.</summary>
    public async Task InstallAsync(IBrowserContext browser)
    {
        await browser.ExposeFunctionAsync<string, string, Task<string>>("askWallet", AnswerAsync);
        await browser.AddInitScriptAsync(scriptPath: Path.Combine(AppContext.BaseDirectory, "injected-wallet.js"));
    }

    private async Task<string> AnswerAsync(string method, string parameters)
    {
        Asked.Add(method);
        if (Refuses.Contains(method)) return Error(SaidNo, "User rejected the request.");
        JsonArray given = JsonNode.Parse(parameters)!.AsArray();
        return method switch
        {
            "eth_requestAccounts" or "eth_accounts" => Result(IsLocked ? [] : new[] { Key.Address }),
            "eth_chainId" => Result(Chain),
            "personal_sign" => Result(new EthereumMessageSigner().Sign(Convert.FromHexString(((string)given[0]!)[2..]), Key.Private)),
            "wallet_switchEthereumChain" => Change((string)given[0]!["chainId"]!),
            "wallet_addEthereumChain" => Add((string)given[0]!["chainId"]!),
            "eth_sendTransaction" => Result(await SendAsync(given[0]!)),
            _ => Error(UnknownMethod, $"{method} is not here."),
        };
    }

    private string Change(string chain)
    {
        if (!_chains.Contains(chain)) return Error(UnknownChain, "Unrecognized chain ID.");
        if (!StaysOnItsChain) Chain = chain;
        return Result(null);
    }

    private string Add(string chain)
    {
        _chains.Add(chain);
        return Result(null);
    }

    // Each field by hand, as wallets do: whatever a library would fill in by itself differs from library to library.
    private async Task<string> SendAsync(JsonNode call)
    {
        EthApiService chain = new(new RpcClient(new Uri(site, "/rpc")));
        CallInput wish = new((string)call["data"]!, (string)call["to"]!, (string)call["from"]!, null, new HexBigInteger((string)call["value"]!));
        BigInteger nonce = await chain.Transactions.GetTransactionCount.SendRequestAsync(Key.Address, BlockParameter.CreatePending());
        BigInteger gas = await chain.Transactions.EstimateGas.SendRequestAsync(wish);
        Transaction1559 transaction = new(new HexBigInteger(Chain), nonce, Tip, MostAGas, gas * 2, wish.To, wish.Value, wish.Data, []);
        string signed = new Transaction1559Signer().SignTransaction(Key.Private, transaction);
        return await chain.Transactions.SendRawTransaction.SendRequestAsync("0x" + signed.RemoveHexPrefix());
    }

    private static string Result(object? value) => JsonSerializer.Serialize(new { result = value });

    private static string Error(int code, string message) => JsonSerializer.Serialize(new { error = new { code, message } });
}
