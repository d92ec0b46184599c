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
        await person.PressWalletAsync(InjectedWallet.Name);
        await person.SeeAsync("You said no in the wallet.");
        Assert.EndsWith("/sign-in", new Uri(person.Page.Url).AbsolutePath, StringComparison.Ordinal);

        wallet.Refuses.Clear();
        await person.PressWalletAsync(InjectedWallet.Name);
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

    // One person all the way, as it happens: each no leaves everything as it was, and the yes at the end pays.
    [Fact]
    public async Task Whatever_the_wallet_refuses_is_a_sentence_and_moves_nothing_until_it_says_yes()
    {
        InjectedWallet wallet = NewWallet();
        await using Visitor person = await loop.VisitAsync(Look.Wide, wallet: wallet);
        await person.SignInWithAsync(InjectedWallet.Name);

        wallet.Key = TestKey.Other;
        await PrepayAsync(person, "You are signed in as 0x15d3…6A65, and the wallet has 0x9965…A4dc chosen. Choose 0x15d3…6A65 in it, or sign out and sign in with the other. Nothing was sent.");
        wallet.Key = TestKey.Depositor;
        wallet.Refuses.Add("wallet_addEthereumChain");
        await PrepayAsync(person, "The wallet was not let onto the OpenLedger practice chain, where this coin lives. Nothing was sent.");
        wallet.Refuses.Clear();
        wallet.StaysOnItsChain = true;
        await PrepayAsync(person, "The wallet is still on another chain. Choose the OpenLedger practice chain in it and try again. Nothing was sent.");
        wallet.StaysOnItsChain = false;
        Assert.DoesNotContain("eth_sendTransaction", wallet.Asked);

        wallet.Refuses.Add("eth_sendTransaction");
        await PrepayAsync(person, "You said no in the wallet. Nothing was sent.");
        Assert.Equal("0", await PrepaidAsync(person));
        wallet.Refuses.Clear();
        await PrepayAsync(person, "OPEN is prepaid for your chats.");
        Assert.Equal("500000000000000000", await PrepaidAsync(person));
        Assert.Empty(person.TakeTroubles());
    }

    private InjectedWallet NewWallet() => new(TestKey.Depositor, loop.Studio.Address);

    private static async Task PrepayAsync(Visitor person, string said)
    {
        await person.GoAsync("/rewards");
        await person.FillAsync("Prepay for chats, in OPEN", "0.5");
        await person.PressAsync("Prepay");
        await person.SeeAsync(said);
    }

    private static Task<string?> PrepaidAsync(Visitor person) => person.Page.Locator("dt:text-is('Prepaid for chats') + dd data").GetAttributeAsync("value");
}
