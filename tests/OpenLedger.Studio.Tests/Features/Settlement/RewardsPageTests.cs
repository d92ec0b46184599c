using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Tests.Features.Settlement;

public sealed class RewardsPageTests : BunitContext
{
    private static readonly Address _payer = SettlementWorld.Payers[0];
    private static readonly Address _contributor = SettlementWorld.Contributors[3];

    private readonly SettlementLoop _loop = new();

    public RewardsPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_loop.World.Time);
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton<IChain>(_loop.Chain);
        Services.AddSingleton(_loop.Rewards);
        Services.AddSingleton(_loop.Prepare);
        Services.AddSingleton(_loop.Follow);
        Services.AddSingleton<PrepareDeposit>();
        Services.AddSingleton<ReadWallet>();
        Services.AddSingleton<AwaitTransaction>();
        Services.AddScoped<WalletScript>();
        Services.AddScoped<WalletLink>();
        Services.AddScoped<CurrentPerson>();
        BunitAuthorizationContext signedIn = this.AddAuthorization();
        signedIn.SetAuthorized("someone");
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, _contributor.Checksum));
    }

    [Fact]
    public void Without_rewards_the_page_says_what_would_fill_it_and_offers_the_step()
    {
        IRenderedComponent<RewardsPage> page = Render<RewardsPage>();
        page.WaitForAssertion(() => Assert.Equal("No rewards yet", page.Find(".empty h2").TextContent));
        Assert.Equal("/datanets/new", page.Find(".empty a").GetAttribute("href"));
        Assert.Contains("None yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("12.000000", page.Markup, StringComparison.Ordinal); // in the wallet
    }

    [Fact]
    public async Task What_is_earned_and_not_settled_cannot_be_claimed_and_says_so()
    {
        await EarnAsync(3);
        IRenderedComponent<RewardsPage> page = Render<RewardsPage>();
        page.WaitForAssertion(() => Assert.Contains("waits for the next settlement", page.Markup, StringComparison.Ordinal));
        Assert.True(page.Find("button.b.p").HasAttribute("disabled"));
        Assert.Contains("not settled yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_settled_can_be_claimed_and_its_parts_sum_to_a_hundred()
    {
        await EarnAsync(7);
        await _loop.SettleAsync();
        IRenderedComponent<RewardsPage> page = Render<RewardsPage>();
        page.WaitForAssertion(() => Assert.False(page.Find("button.b.p").HasAttribute("disabled")));
        Assert.Contains($"Claim to {_contributor.ToShortText()}", page.Markup, StringComparison.Ordinal);
        decimal sum = page.FindAll("tbody td .pr + .dim").Sum(cell => decimal.Parse(cell.TextContent.Replace(" %", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(100.00m, sum);
        await page.FindAll(".seg button")[2].ClickAsync(new());
        Assert.Contains("23 Nov 2026", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_that_is_none_is_refused_in_its_place()
    {
        IRenderedComponent<RewardsPage> page = Render<RewardsPage>();
        page.WaitForElement("form input").Change("half a coin");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("is no amount", page.Find("small.bad").TextContent, StringComparison.Ordinal));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _loop.Dispose();
    }

    private async Task EarnAsync(int answers)
    {
        _loop.Chain.Deposit(_payer, Wei.OneOpen);
        await _loop.Follow.CatchUpAsync(default);
        for (int i = 0; i < answers; i++) await _loop.World.Charge.ChargeAsync(_loop.World.Call($"c{i}", _payer.Key, Wei.OneOpen.Amount / 100, seed: 2 * i), default);
    }
}
