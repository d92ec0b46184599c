using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Studio.Features.Admin;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;
using OpenLedger.Studio.Tests.Features.Settlement;

namespace OpenLedger.Studio.Tests.Features.Admin;

public sealed class AdminPageTests : BunitContext
{
    private static readonly Address _admin = SettlementWorld.Contributors[0];

    private readonly SettlementLoop _loop = new();

    public AdminPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_loop.World.Time);
    }

    [Fact]
    public void What_waits_is_listed_with_the_way_to_its_review()
    {
        DatanetDocument waiting = new() { Id = "d1", Name = "Neurology", Summary = "", Licence = "CC0", Owner = _admin, State = DatanetState.WaitingForReview, Rows = 1088, Created = 1, Updated = 1 };
        IRenderedComponent<WaitingTable> table = Render<WaitingTable>(set => set.Add(one => one.Approvals, new Approvals([waiting], [], new Dictionary<string, string> { [_admin.Key] = "NINDS" })));
        Assert.Equal("/datanets/d1/review", table.Find("a.strong").GetAttribute("href"));
        Assert.Contains("1,088", table.Markup, StringComparison.Ordinal);
        Assert.Contains("NINDS", table.Markup, StringComparison.Ordinal);
        IRenderedComponent<WaitingTable> empty = Render<WaitingTable>(set => set.Add(one => one.Approvals, new Approvals([], [], new Dictionary<string, string>())));
        Assert.Contains("Nothing waits for approval", empty.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_does_not_add_up_is_said_in_so_many_words()
    {
        using StudioFolders folders = StudioFolders.Open(_loop.World.NewFolder("data"));
        using CatalogueFile file = new(folders.CatalogueFile);
        ReadState read = new(_loop.Chain, _loop.Data, _loop.World.Check, _loop.World.Reader, file, folders);
        StudioState sound = await read.ReadAsync(default);
        Assert.Contains("counted again", Render<StateCard>(set => set.Add(one => one.State, sound)).Markup, StringComparison.Ordinal);
        await _loop.World.Writer.WriteAsync(
            db => db.Shares.Add(new ShareRow { ReceiptId = "r", Ordinal = 0, Beneficiary = _admin, Reason = FeeReason.Passage, Amount = new Wei(1), ModelId = "m", Day = 1, Time = 1 }), default);
        StudioState faulty = await read.ReadAsync(default);
        IRenderedComponent<StateCard> card = Render<StateCard>(set => set.Add(one => one.State, faulty));
        Assert.Contains("faults found", card.Markup, StringComparison.Ordinal);
        Assert.Contains("which is not there", card.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(card.FindAll("li.fail"));
    }

    [Fact]
    public async Task A_job_that_stopped_can_be_tried_again_and_one_that_runs_can_be_stopped()
    {
        JobRow failed = Row("settlement", JobState.Running, JobState.Failed);
        failed.Error = "Data availability does not answer.";
        List<string> asked = [];
        IRenderedComponent<JobTable> table = Render<JobTable>(set => set
            .Add(one => one.Jobs, [failed, Row("training", JobState.Running)])
            .Add(one => one.OnRetry, id => asked.Add($"retry {id}"))
            .Add(one => one.OnCancel, id => asked.Add($"stop {id}")));
        Assert.Contains("Data availability does not answer.", table.Markup, StringComparison.Ordinal);
        for (int i = 0; i < 2; i++) await table.FindAll("tbody button.b")[i].ClickAsync(new()); // found anew: a click renders the table again
        Assert.Equal([$"retry {failed.Id}", "stop training"], asked);
        Assert.Contains("No jobs yet", Render<JobTable>(set => set.Add(one => one.Jobs, [])).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_stand_above_the_form_that_has_them()
    {
        GovernanceForm form = new() { Treasury = "0x", PlatformFee = "1", RateIn = "1", RateOut = "1" };
        IRenderedComponent<GovernanceCard> card = Render<GovernanceCard>(set => set.Add(one => one.Form, form).Add(one => one.Problems, ["They sum to 9,999."]));
        Assert.Contains("They sum to 9,999.", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _loop.Dispose();
    }

    private static JobRow Row(string kind, params JobState[] steps)
    {
        JobRow row = new() { Id = kind, Kind = kind, Owner = "node", Input = "{}", InputHash = kind, Created = 1 };
        foreach (JobState step in steps) row.MoveTo(step);
        return row;
    }
}
