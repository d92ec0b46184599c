using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Admin;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Datanets;

/// <summary>From a draft to versions with roots, records and the wish to register them.</summary>
public sealed class PublishingTests : IAsyncDisposable
{
    private readonly DatanetsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Admitting_a_datanet_publishes_version_1_with_its_root_and_record()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        Assert.Equal((DatanetState.Published, 1, 3, 1), (datanet.State, datanet.LatestVersion, datanet.Rows, datanet.Contributors));
        DatanetVersionDocument version = _world.Catalogue.Read(c => c.Versions.Require($"{datanet.Id}-1"));
        DatanetRow[] rows = [.. RowsFile.Read(_world.Get<StudioFolders>().DatanetRows(datanet.Id, 1))];
        Assert.Equal(MerkleTree.Root([.. rows.Select(row => row.Leaf)]), version.Root);
        Assert.All(rows, row => Assert.Equal(DatanetsWorld.Owner.Key, row.Contributor));

        OutboxRow owed = await _world.Ledger.ReadAsync(db => db.Outbox.SingleAsync());
        RegisterDatanetVersion asked = Assert.IsType<RegisterDatanetVersion>(JsonSerializer.Deserialize<ChainAction>(owed.Payload));
        Assert.Equal((ChainOutbox.Kind, 1, 3L, "0x" + version.Root.Hex), (owed.Kind, asked.Number, asked.Rows, asked.Root.Key));
        LogRow record = await _world.Ledger.ReadAsync(db => db.Log.SingleAsync());
        Assert.Equal(version.Root, CanonicalJson.Read<DatasetVersion>(record.Json).Root);
        Assert.Empty(_world.Get<DatanetRows>().Waiting(datanet.Id));
    }

    [Fact]
    public async Task A_version_is_on_its_way_until_its_act_is_signed_and_then_everybody_who_shows_it_knows_the_transaction()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        ReadApprovals approvals = _world.Get<ReadApprovals>();
        Assert.Null((await approvals.ReadAsync(DatanetsWorld.Cancel)).Decided.Single(decided => decided.Datanet.Id == datanet.Id).Transaction);
        TxHash hash = TxHash.Parse("0x" + new string('a', 64));
        await _world.Get<LedgerWriter>().WriteAsync(db => { db.Outbox.Single().TransactionHash = hash.Key; }, DatanetsWorld.Cancel);
        Assert.Equal(hash, (await approvals.ReadAsync(DatanetsWorld.Cancel)).Decided.Single(decided => decided.Datanet.Id == datanet.Id).Transaction);
    }

    [Fact]
    public async Task The_sample_for_review_shows_the_row_with_an_address_first_and_reaches_the_last_rows()
    {
        static string Word(int n) => new([.. Enumerable.Range(1, 7).Select(k => (char)('a' + (n * 31 + k * k * 17 + n * k * 7) % 26))]);
        string rows = "question,answer\n" + string.Concat(Enumerable.Range(0, 26).Select(i => $"What is {Word(i)}{i}?,{Word(3 * i + 7)} {Word(5 * i + 11)} {(i == 25 ? "ann@example.org" : Word(11 * i + 2))} {Word(i + 50)}.\n"));
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner);
        Upload upload = (await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, rows)).Value!;
        Assert.Null((await _world.Get<AddRows>().AddAsync(DatanetsWorld.Owner, upload.Id, DatanetsWorld.Cancel)).Refusal);
        ReviewView review = (await _world.Get<ReadReview>().ReadAsync(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Cancel)).Value!;
        Assert.Equal(20, review.Sample.Count);
        Assert.Contains("ann@example.org", review.Sample[0].AsPassageText(), StringComparison.Ordinal);
        Assert.Contains(review.Sample, row => row.AsPassageText().Contains("23?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sending_back_needs_a_reason_and_keeps_the_rows_for_another_try()
    {
        DatanetDocument datanet = await _world.SubmittedAsync();
        ReviewDatanet review = _world.Get<ReviewDatanet>();
        Assert.Equal("Reason", (await review.SendBackAsync(DatanetsWorld.Admin, datanet.Id, " ", DatanetsWorld.Cancel)).Refusal!.Field);
        DatanetDocument back = (await review.SendBackAsync(DatanetsWorld.Admin, datanet.Id, "Row 2 is wrong.", DatanetsWorld.Cancel)).Value!;
        Assert.Equal((DatanetState.SentBack, "Row 2 is wrong."), (back.State, back.Reason));
        string row = _world.Get<DatanetRows>().Waiting(datanet.Id)[1].Id;
        Assert.Equal(2, (await _world.Get<RemoveWaitingRows>().RemoveAsync(DatanetsWorld.Owner, datanet.Id, new HashSet<string> { row }, DatanetsWorld.Cancel)).Value!.Rows);
        Assert.NotNull((await _world.Get<SubmitDatanet>().SubmitAsync(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Cancel)).Value);
        Assert.NotNull((await review.ApproveAsync(DatanetsWorld.Admin, datanet.Id, DatanetsWorld.Cancel)).Value);
        Assert.NotNull((await review.ApproveAsync(DatanetsWorld.Admin, datanet.Id, DatanetsWorld.Cancel)).Refusal);
    }

    [Fact]
    public async Task While_it_waits_its_rows_stay_as_they_are_until_it_is_taken_back()
    {
        DatanetDocument datanet = await _world.SubmittedAsync();
        Assert.NotNull((await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id)).Refusal);
        Assert.NotNull((await _world.Get<RemoveWaitingRows>().RemoveAsync(DatanetsWorld.Owner, datanet.Id, new HashSet<string>(), DatanetsWorld.Cancel)).Refusal);
        Assert.Equal(DatanetState.Draft, (await _world.Get<SubmitDatanet>().TakeBackAsync(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Cancel)).Value!.State);
        Assert.Null((await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id)).Refusal);
    }

    [Fact]
    public async Task An_accepted_offer_becomes_the_next_version_and_stays_its_contributors()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        Upload upload = (await _world.UploadAsync(DatanetsWorld.Other, datanet.Id, "question,answer\nWhat is d?,The fourth letter.\nWhat is e?,The fifth letter.\n")).Value!;
        ContributionDocument offer = (await _world.Get<ContributeRows>().OfferAsync(DatanetsWorld.Other, upload.Id, "Two more.", DatanetsWorld.Cancel)).Value!;
        Assert.Equal(2, _world.Get<ReviewContribution>().Look(DatanetsWorld.Owner, offer.Id).Value!.Count);
        offer = (await _world.Get<ReviewContribution>().AcceptAsync(DatanetsWorld.Owner, offer.Id, DatanetsWorld.Cancel)).Value!;
        Assert.Equal((ContributionState.Accepted, 2), (offer.State, offer.Version));

        DatanetView view = (await _world.Get<ReadDatanet>().OneAsync(DatanetsWorld.Other, datanet.Id, DatanetsWorld.Cancel))!;
        Assert.Equal([(2, 2), (1, 3)], view.Versions.Select(line => (line.Version.Number, line.Added)));
        Assert.Equal([(DatanetsWorld.Owner.Key, 3, 6000), (DatanetsWorld.Other.Key, 2, 4000)], view.Contributors.Select(one => (one.Address.Key, one.Rows, one.BasisPoints)));
        DatasetVersion[] records = [.. (await _world.Ledger.ReadAsync(db => db.Log.OrderBy(row => row.Sequence).ToListAsync())).Select(row => CanonicalJson.Read<DatasetVersion>(row.Json))];
        Assert.Equal(records[0].Id, records[1].Parent);
        Assert.NotNull((await _world.Get<ReviewContribution>().AcceptAsync(DatanetsWorld.Owner, offer.Id, DatanetsWorld.Cancel)).Refusal);
    }

    [Fact]
    public async Task A_crash_after_the_ledger_is_made_good_by_publishing_again()
    {
        DatanetDocument submitted = await _world.SubmittedAsync();
        IReadOnlyList<DatanetRow> waiting = _world.Get<DatanetRows>().Waiting(submitted.Id);
        await _world.Get<ReviewDatanet>().ApproveAsync(DatanetsWorld.Admin, submitted.Id, DatanetsWorld.Cancel);
        // As if the process had died before the catalogue was written: the ledger knows version 1, the catalogue does not.
        _world.Catalogue.Write(c =>
        {
            c.Datanets.Put(submitted);
            c.Versions.Remove($"{submitted.Id}-1");
        });
        _world.Get<DatanetRows>().KeepWaiting(submitted.Id, waiting);

        Assert.Equal(1, (await _world.Get<ReviewDatanet>().ApproveAsync(DatanetsWorld.Admin, submitted.Id, DatanetsWorld.Cancel)).Value!.LatestVersion);
        Assert.Equal((1, 1), await _world.Ledger.ReadAsync(async db => (await db.Log.CountAsync(), await db.Outbox.CountAsync())));
        Assert.Equal(3, _world.Catalogue.Read(c => c.Versions.Require($"{submitted.Id}-1")).Rows);
    }

    [Fact]
    public async Task A_version_is_checked_again_and_a_changed_row_is_found()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        IReadOnlyList<CheckLine> lines = (await _world.Get<VerifyVersion>().CheckAsync(DatanetsWorld.Visitor, datanet.Id, 1, DatanetsWorld.Cancel)).Value!;
        Assert.Equal([VerifyOutcome.Pass, VerifyOutcome.Pass, VerifyOutcome.Pass, VerifyOutcome.Pass, VerifyOutcome.NotChecked, VerifyOutcome.NotChecked], lines.Select(line => line.Outcome));
        DatanetVersionDocument version = _world.Catalogue.Read(c => c.Versions.Require($"{datanet.Id}-1"));
        _world.Chain.Registered = new(VersionOnChain.RootOf(version.Root), VersionOnChain.NameOf("CC-BY-4.0"), datanet.Owner, 3, DateTimeOffset.UnixEpoch);
        Assert.Equal(VerifyOutcome.Pass, (await _world.Get<VerifyVersion>().CheckAsync(DatanetsWorld.Visitor, datanet.Id, 1, DatanetsWorld.Cancel)).Value![4].Outcome);
        _world.Chain.Registered = _world.Chain.Registered with { Root = VersionOnChain.NameOf("another") };
        Assert.Equal(VerifyOutcome.Fail, (await _world.Get<VerifyVersion>().CheckAsync(DatanetsWorld.Visitor, datanet.Id, 1, DatanetsWorld.Cancel)).Value![4].Outcome);
        string file = _world.Get<StudioFolders>().DatanetRows(datanet.Id, 1);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, DatanetsWorld.Cancel)).Replace("third", "last", StringComparison.Ordinal), DatanetsWorld.Cancel);
        lines = (await _world.Get<VerifyVersion>().CheckAsync(DatanetsWorld.Visitor, datanet.Id, 1, DatanetsWorld.Cancel)).Value!;
        Assert.Equal([VerifyOutcome.Fail, VerifyOutcome.Fail], lines.Take(2).Select(line => line.Outcome));
    }

    [Fact]
    public async Task The_review_finds_twins_and_rows_of_other_datanets()
    {
        await _world.PublishedAsync();
        DatanetDocument copy = await _world.SubmittedAsync(DatanetsWorld.Form with { Name = "Copied letters" });
        ReviewView review = (await _world.Get<ReadReview>().ReadAsync(DatanetsWorld.Admin, copy.Id, DatanetsWorld.Cancel)).Value!;
        Assert.Equal(VerifyOutcome.Look, review.Checks.Single(check => check.Claim == "No row is in another Datanet").Outcome);
        Assert.Equal(3, review.Sample.Count);
    }

    [Fact]
    public async Task The_sample_is_seeded_once_with_nine_named_contributors()
    {
        SeedSampleDatanet seed = _world.Get<SeedSampleDatanet>();
        await seed.SeedAsync(DatanetsWorld.Cancel);
        await seed.SeedAsync(DatanetsWorld.Cancel);
        DatanetView view = (await _world.Get<ReadDatanet>().OneAsync(DatanetsWorld.Visitor, "medquad-sample", DatanetsWorld.Cancel))!;
        Assert.Equal((450, 9, 1), (view.Datanet.Rows, view.Contributors.Count, view.Versions.Count));
        Assert.Contains(view.Contributors, one => one.Name == "National Cancer Institute" && one.Rows == 50);
        RowsPage found = (await _world.Get<ReadRows>().PageAsync(DatanetsWorld.Visitor, "medquad-sample", new RowQuery("glaucoma"), DatanetsWorld.Cancel))!;
        Assert.All(found.Rows, line => Assert.Contains("glaucoma", line.Row.AsPassageText(), StringComparison.OrdinalIgnoreCase));
        Assert.Single(await _world.Get<BrowseDatanets>().ListAsync(DatanetsWorld.Visitor, new DatanetFilter("nine nih"), DatanetsWorld.Cancel));
    }
}
