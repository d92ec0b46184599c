using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>A wallet extension that says no, stands on another chain or has another account chosen: each is a sentence on the page that says what to do, and nothing moves.</summary>
[Trait("Kind", "Wallet")]
[Collection(AfterTheLoop.Name)]
public sealed class WalletTests(LoopFixture loop)
{
    [Fact]
    public async Task A_no_to_signing_in_is_a_sentence_and_the_next_yes_signs_in()
    {
        InjectedWallet wallet = NewWallet();
        await using Visitor person = await loop.VisitAsync(Look.Wide, wallet: wallet);
        await person.GoAsync("/sign-in?back=%2Frewards");
        wallet.Refuses.Add("personal_sign");
        await person.PressAsync(InjectedWallet.Name);
        await person.SeeAsync("You said no in the wallet.");
        Assert.EndsWith("/sign-in", new Uri(person.Page.Url).AbsolutePath, StringComparison.Ordinal);

        wallet.Refuses.Clear();
        await person.PressAsync(InjectedWallet.Name);
        await person.ArriveAsync("**/rewards");
        await person.SeeAsync("0x15d3");
        Assert.Empty(person.TakeTroubles());
    }

    [Fact]
    public async Task A_wallet_without_an_open_account_is_asked_to_be_unlocked()
    {
        InjectedWallet wallet = NewWallet();
        wallet.IsLocked = true;
        await using Visitor person = await loop.VisitAsync(Look.Wide, wallet: wallet);
        await person.GoAsync("/sign-in");
        await person.PressAsync(InjectedWallet.Name);
        await person.SeeAsync("The wallet gave no address. Unlock it and try again.");
    }

    [Fact]
    public async Task A_wallet_on_another_chain_is_given_ours_and_prepays_on_it()
    {
        InjectedWallet wallet = NewWallet();
        await using Visitor person = await ArriveAsync(wallet);
        await PrepayAsync(person);
        await person.SeeAsync("OPEN is prepaid for your chats.");
        await Assertions.Expect(person.Page.Locator("dt:text-is('Prepaid for chats') + dd data")).ToHaveAttributeAsync("value", "500000000000000000");
        Assert.Equal(["wallet_switchEthereumChain", "wallet_addEthereumChain", "wallet_switchEthereumChain", "eth_chainId", "eth_sendTransaction"], wallet.Asked.Where(method => !method.EndsWith("ccounts", StringComparison.Ordinal) && method != "personal_sign"));
        Assert.Empty(person.TakeTroubles());
    }

    [Fact]
    public async Task A_no_to_the_change_of_chain_moves_nothing()
    {
        InjectedWallet wallet = NewWallet();
        await using Visitor person = await ArriveAsync(wallet);
        wallet.Refuses.Add("wallet_addEthereumChain");
        await PrepayAsync(person);
        await person.SeeAsync("The wallet was not let onto the OpenLedger practice chain, where this coin lives. Nothing was sent.");
        Assert.DoesNotContain("eth_sendTransaction", wallet.Asked);
    }

    [Fact]
    public async Task A_wallet_that_stays_on_another_chain_is_not_asked_to_send_there()
    {
        InjectedWallet wallet = NewWallet();
        wallet.StaysOnItsChain = true;
        await using Visitor person = await ArriveAsync(wallet);
        await PrepayAsync(person);
        await person.SeeAsync("The wallet is still on another chain. Choose the OpenLedger practice chain in it and try again. Nothing was sent.");
        Assert.DoesNotContain("eth_sendTransaction", wallet.Asked);
    }

    [Fact]
    public async Task An_account_that_was_changed_after_signing_in_is_named_and_pays_nothing()
    {
        InjectedWallet wallet = NewWallet();
        await using Visitor person = await ArriveAsync(wallet);
        wallet.Key = TestKey.Other;
        await PrepayAsync(person);
        await person.SeeAsync("You are signed in as 0x15d3…6A65, and the wallet has 0x9965…A4dc chosen. Choose 0x15d3…6A65 in it, or sign out and sign in with the other. Nothing was sent.");
        Assert.DoesNotContain("eth_sendTransaction", wallet.Asked);
    }

    [Fact]
    public async Task A_no_to_the_payment_moves_nothing()
    {
        InjectedWallet wallet = NewWallet();
        await using Visitor person = await ArriveAsync(wallet);
        wallet.Refuses.Add("eth_sendTransaction");
        await PrepayAsync(person);
        await person.SeeAsync("You said no in the wallet. Nothing was sent.");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Button, new() { Name = "Prepay", Exact = true })).ToBeEnabledAsync();
    }

    private InjectedWallet NewWallet() => new(TestKey.Depositor, loop.Studio.Address);

    private async Task<Visitor> ArriveAsync(InjectedWallet wallet)
    {
        Visitor person = await loop.VisitAsync(Look.Wide, wallet: wallet);
        await person.SignInWithAsync(InjectedWallet.Name);
        return person;
    }

    private static async Task PrepayAsync(Visitor person)
    {
        await person.GoAsync("/rewards");
        await person.FillAsync("Prepay for chats, in OPEN", "0.5");
        await person.PressAsync("Prepay");
    }
}
