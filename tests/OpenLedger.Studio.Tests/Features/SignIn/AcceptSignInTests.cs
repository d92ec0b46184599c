using Microsoft.Extensions.Time.Testing;
using Nethereum.Signer;
using OpenLedger.Contracts.SignIn;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Features.SignIn;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Tests.Storage.Ledger;

namespace OpenLedger.Studio.Tests.Features.SignIn;

public sealed class AcceptSignInTests : IDisposable
{
    private static readonly SignInSite Site = new("127.0.0.1:5080", "http://127.0.0.1:5080", ChainId.Development);
    private readonly TemporaryFolder _folder = new();
    private readonly TestLedger _ledger;
    private readonly CatalogueFile _file;
    private readonly Catalogue _catalogue;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 30, 0, TimeSpan.Zero));

    public AcceptSignInTests()
    {
        _ledger = TestLedger.OnFile(_folder.File("ledger.db"));
        _file = new CatalogueFile(_folder.File("catalogue.db"));
        _catalogue = new Catalogue(_file);
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_signed_message_signs_its_wallet_in_and_the_first_on_the_practice_chain_is_admin()
    {
        SignInResult first = await SignInAsync(new EthECKey(Key(1)));
        SignInResult second = await SignInAsync(new EthECKey(Key(2)));
        Assert.True(first.IsAdmin);
        Assert.NotNull(second.Address);
        Assert.False(second.IsAdmin);
        Assert.Equal(2, await _ledger.Reader.ReadAsync(ledger => Task.FromResult(ledger.Outbox.Count())));   // a gift each, once
        Assert.Equal(PersonRole.Admin, _catalogue.Read(c => c.People.Require(first.Address!.Value.Key)).Role);
    }

    [Fact]
    public async Task A_named_admin_is_the_only_one()
    {
        EthECKey key = new(Key(3));
        SignInOptions options = new(new HashSet<Address> { Address.Parse(key.GetPublicAddress()) }, ChainId.Development, true);
        Assert.False((await SignInAsync(new EthECKey(Key(1)), options: options)).IsAdmin);
        Assert.True((await SignInAsync(key, options: options)).IsAdmin);
    }

    [Fact]
    public async Task Of_a_hundred_replays_at_once_one_gets_on()
    {
        SignInTerms terms = (await Nonces().IssueAsync(Site, "holder", default))!;
        (string text, string signature) = Sign(new EthECKey(Key(1)), terms);
        AcceptSignIn accept = Accept();
        SignInResult[] results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => accept.AcceptAsync(text, signature, Site, "holder", default))));
        Assert.Single(results, result => result.Address is not null);
    }

    [Fact]
    public async Task A_nonce_is_spent_even_when_the_signature_is_wrong()
    {
        SignInTerms terms = (await Nonces().IssueAsync(Site, "holder", default))!;
        (string text, string signature) = Sign(new EthECKey(Key(1)), terms);
        string wrong = Sign(new EthECKey(Key(2)), terms).Signature;
        Assert.NotNull((await Accept().AcceptAsync(text, wrong, Site, "holder", default)).Refusal);
        Assert.NotNull((await Accept().AcceptAsync(text, signature, Site, "holder", default)).Refusal);
    }

    [Fact]
    public async Task Another_browser_site_or_chain_and_a_late_answer_are_refused()
    {
        Assert.NotNull((await SignInAsync(new EthECKey(Key(1)), holder: "another")).Refusal);
        Assert.NotNull((await SignInAsync(new EthECKey(Key(1)), site: Site with { Domain = "localhost:5080", Origin = "http://localhost:5080" })).Refusal);
        Assert.NotNull((await SignInAsync(new EthECKey(Key(1)), site: Site with { ChainId = new ChainId(1) })).Refusal);
        Assert.NotNull((await SignInAsync(new EthECKey(Key(1)), wait: IssueNonce.Lifetime)).Refusal);
        Assert.NotNull((await Accept().AcceptAsync("hello", "0x", Site, "holder", default)).Refusal);
        Assert.NotNull((await Accept().AcceptAsync(null, null, Site, "holder", default)).Refusal);
    }

    [Fact]
    public async Task Unused_nonces_are_capped_and_forgotten_when_they_expire()
    {
        IssueNonce nonces = Nonces();
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await _ledger.Writer.WriteAsync(ledger => ledger.Nonces.AddRange(Enumerable.Range(0, IssueNonce.MostWaiting).Select(i => new OpenLedger.Studio.Storage.Ledger.Rows.NonceRow
        {
            Nonce = $"n{i:00000000}",
            Holder = "x",
            Domain = "d",
            ChainId = 1,
            Created = now,
            Expires = now + 1000,
        })), default);
        Assert.Null(await nonces.IssueAsync(Site, "holder", default));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await nonces.IssueAsync(Site, "holder", default));
        Assert.Equal(1, await _ledger.Reader.ReadAsync(ledger => Task.FromResult(ledger.Nonces.Count())));
    }

    private IssueNonce Nonces() => new(_ledger.Writer, _time);

    private AcceptSignIn Accept(SignInOptions? options = null) =>
        new(_ledger.Writer, new WelcomePerson(_catalogue, options ?? new SignInOptions(new HashSet<Address>(), ChainId.Development, true), _time), new FundWallet(new ChainOptions(), _ledger.Writer, _time), _time);

    private async Task<SignInResult> SignInAsync(EthECKey key, SignInOptions? options = null, string holder = "holder", SignInSite? site = null, TimeSpan wait = default)
    {
        SignInTerms terms = (await Nonces().IssueAsync(Site, "holder", default))!;
        (string text, string signature) = Sign(key, terms);
        _time.Advance(wait);
        return await Accept(options).AcceptAsync(text, signature, site ?? Site, holder, default);
    }

    private static (string Text, string Signature) Sign(EthECKey key, SignInTerms terms)
    {
        string text = new SignInMessage(terms.Domain, Address.Parse(key.GetPublicAddress()), terms.Uri, new ChainId(terms.ChainId), terms.Nonce, DateTimeOffset.FromUnixTimeMilliseconds(terms.IssuedAt))
        {
            Statement = terms.Statement,
            ExpirationTime = DateTimeOffset.FromUnixTimeMilliseconds(terms.Expires),
        }.ToText();
        return (text, new EthereumMessageSigner().EncodeUTF8AndSign(text, key));
    }

    // No leading zero byte: Nethereum cannot sign with such a key.
    private static string Key(int number) => "0x1" + number.ToString("x63", System.Globalization.CultureInfo.InvariantCulture);
}
