using AngleSharp.Dom;
using Bunit;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Datanets.Pages;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Features.Datanets.Pages;

/// <summary>What each page shows while it loads, when there is nothing, when something is wrong, and when there is something.</summary>
public sealed class DatanetPagesTests : IAsyncDisposable
{
    private readonly DatanetsWorld _world = new();
    private readonly PagesContext _pages;

    public DatanetPagesTests() => _pages = new PagesContext(_world);

    public async ValueTask DisposeAsync()
    {
        await _pages.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public void The_list_loads_and_then_says_what_would_fill_it()
    {
        IRenderedComponent<DatanetsPage> page = _pages.Render<DatanetsPage>();
        Assert.Equal("true", page.Find("[role=status]").GetAttribute("aria-busy"));
        _pages.As(DatanetsWorld.Visitor);
        page.WaitForAssertion(() => Assert.Equal("No Datanets yet", page.Find(".empty h2").TextContent));
        Assert.Equal("/datanets/new", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_list_shows_what_is_there_and_says_when_nothing_fits()
    {
        await _world.PublishedAsync();
        IRenderedComponent<DatanetsPage> page = _pages.As(DatanetsWorld.Other).Render<DatanetsPage>();
        page.WaitForAssertion(() => Assert.Contains("Letters", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Contains("Access granted", page.Find("tbody").TextContent, StringComparison.Ordinal);
        page.Find("#dq").Input("numbers");
        page.WaitForAssertion(() => Assert.Equal("No Datanet is like that", page.Find(".empty h2").TextContent));
        page.Find(".empty button").Click();
        page.WaitForElement("tbody");
    }

    [Fact]
    public void A_new_datanet_says_which_field_is_wrong()
    {
        IRenderedComponent<NewDatanetPage> page = _pages.As(DatanetsWorld.Owner).Render<NewDatanetPage>();
        Button(page, "Create and bring rows").Click();
        page.WaitForAssertion(() => Assert.StartsWith("A name has", page.Find("small.bad").TextContent, StringComparison.Ordinal));
        Assert.Empty(_world.Catalogue.Read(c => c.Datanets.All()));
    }

    [Fact]
    public async Task A_stranger_sees_that_a_draft_is_not_there()
    {
        DatanetDocument draft = _world.Create(DatanetsWorld.Owner);
        await _world.UploadAsync(DatanetsWorld.Owner, draft.Id);
        _pages.As(DatanetsWorld.Other);
        IRenderedComponent<DatanetPage> page = _pages.Render<DatanetPage>(parameters => parameters.Add(p => p.Id, draft.Id));
        page.WaitForAssertion(() => Assert.Contains("Nothing to see under this address", page.Markup, StringComparison.Ordinal));
        IRenderedComponent<UploadPage> upload = _pages.Render<UploadPage>(parameters => parameters.Add(p => p.Id, draft.Id));
        upload.WaitForAssertion(() => Assert.Contains("Nothing to see under this address", upload.Markup, StringComparison.Ordinal));
        IRenderedComponent<ReviewPage> review = _pages.Render<ReviewPage>(parameters => parameters.Add(p => p.Id, draft.Id));
        review.WaitForAssertion(() => Assert.Contains("Nothing to review under this address", review.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Letters", page.Markup + upload.Markup + review.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_datanet_loads_and_then_shows_its_rows_and_their_thread()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        IRenderedComponent<DatanetPage> page = _pages.Render<DatanetPage>(parameters => parameters.Add(p => p.Id, datanet.Id));
        Assert.NotNull(page.Find("[aria-busy=true]"));
        _pages.As(DatanetsWorld.Visitor);
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        Assert.Contains("What is a?", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal("3", page.Find("ol.thread .v").TextContent.Trim());
        page.Find("#rq").Input("third");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        page.Find("#rq").Input("nowhere");
        page.WaitForAssertion(() => Assert.Contains("No row has these words", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_can_be_checked_on_its_page()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        _pages.As(DatanetsWorld.Visitor);
        DatanetView view = (await _world.Get<ReadDatanet>().OneAsync(DatanetsWorld.Visitor, datanet.Id, DatanetsWorld.Cancel))!;
        IRenderedComponent<VersionsTab> tab = _pages.Render<VersionsTab>(parameters => parameters.Add(p => p.View, view).Add(p => p.Person, DatanetsWorld.Visitor));
        Assert.Contains("waits for the chain", tab.Markup, StringComparison.Ordinal);
        Button(tab, "Check").Click();
        tab.WaitForAssertion(() => Assert.Equal(4, tab.FindAll("li.pass").Count));
    }

    [Fact]
    public async Task An_upload_shows_what_is_wrong_and_takes_a_mend()
    {
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner);
        await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, "question,answer\nWhat is a?,The first.\nWhat is b?,\n");
        _pages.As(DatanetsWorld.Owner);
        IRenderedComponent<UploadPage> page = _pages.Render<UploadPage>(parameters => parameters.Add(p => p.Id, datanet.Id));
        page.WaitForAssertion(() => Assert.Equal("1 row needs a decision", page.Find("#err-h").TextContent));
        Assert.StartsWith("Row 2", page.Find("td.nowrap").TextContent.Trim(), StringComparison.Ordinal); // as the sentences beside it count, which name rows
        Assert.True(Button(page, "Add and submit for review").HasAttribute("disabled"));
        Button(page, "Leave this row out").Click();
        page.WaitForAssertion(() => Assert.False(Button(page, "Add and submit for review").HasAttribute("disabled")));
        Assert.Contains("1 row decided", page.Markup, StringComparison.Ordinal);
        Button(page, "Add and submit for review").Click();
        page.WaitForAssertion(() => Assert.Equal(DatanetState.WaitingForReview, _world.Catalogue.Read(c => c.Datanets.Require(datanet.Id)).State));
    }

    [Fact]
    public async Task An_upload_without_a_file_asks_for_one()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        _pages.As(DatanetsWorld.Other);
        IRenderedComponent<UploadPage> page = _pages.Render<UploadPage>(parameters => parameters.Add(p => p.Id, datanet.Id));
        page.WaitForAssertion(() => Assert.Equal("Offer rows", page.Find("h1").TextContent));
        Assert.NotNull(page.Find("input[type=file]"));
    }

    [Fact]
    public async Task A_review_without_a_reason_is_asked_for_one()
    {
        DatanetDocument datanet = await _world.SubmittedAsync();
        _pages.As(DatanetsWorld.Admin);
        IRenderedComponent<ReviewPage> page = _pages.Render<ReviewPage>(parameters => parameters.Add(p => p.Id, datanet.Id));
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        Button(page, "Send back with the reason").Click();
        page.WaitForAssertion(() => Assert.Contains("what has to change", page.Find("small.bad").TextContent, StringComparison.Ordinal));
        Assert.Equal(DatanetState.WaitingForReview, _world.Catalogue.Read(c => c.Datanets.Require(datanet.Id)).State);
    }

    private static IElement Button<T>(IRenderedComponent<T> page, string words) where T : Microsoft.AspNetCore.Components.IComponent =>
        page.FindAll("button").First(button => button.TextContent.Trim() == words);
}
