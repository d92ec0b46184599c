using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Features.Datanets;

/// <summary>What the owner may, nobody else may: every act, tried by its owner, by another wallet and by a visitor.</summary>
public sealed class OwnerMatrixTests : IAsyncDisposable
{
    private readonly DatanetsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    public static TheoryData<string> Strangers => ["other", "visitor"];

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_draft_is_nobodys_business(string who)
    {
        Person person = PersonOf(who);
        DatanetDocument draft = _world.Create(DatanetsWorld.Owner);
        Upload upload = (await _world.UploadAsync(DatanetsWorld.Owner, draft.Id)).Value!;
        Assert.Null(await _world.Get<ReadDatanet>().OneAsync(person, draft.Id, DatanetsWorld.Cancel));
        Assert.Null(await _world.Get<ReadRows>().PageAsync(person, draft.Id, new RowQuery(), DatanetsWorld.Cancel));
        Assert.Empty(await _world.Get<BrowseDatanets>().ListAsync(person, new DatanetFilter(), DatanetsWorld.Cancel));
        Assert.Null(await _world.Get<ReadUpload>().CurrentAsync(person, draft.Id, DatanetsWorld.Cancel));
        Refused((await _world.UploadAsync(person, draft.Id)).Refusal);
        Refused((await _world.Get<MapColumns>().UseAsAsync(person, upload.Id, "question", ColumnRole.LeaveOut, DatanetsWorld.Cancel)).Refusal);
        Refused((await _world.Get<MendRow>().MendAsync(person, upload.Id, new RowMend(1, MendAction.LeaveOut), DatanetsWorld.Cancel)).Refusal);
        Refused((await _world.Get<AddRows>().AddAsync(person, upload.Id, DatanetsWorld.Cancel)).Refusal);
        Refused(_world.Get<ChangeDatanet>().Change(person, draft.Id, DatanetsWorld.Form).Refusal);
        Refused((await _world.Get<SubmitDatanet>().SubmitAsync(person, draft.Id, DatanetsWorld.Cancel)).Refusal);
        Refused((await _world.Get<RemoveWaitingRows>().RemoveAsync(person, draft.Id, new HashSet<string>(), DatanetsWorld.Cancel)).Refusal);
        Refused((await _world.Get<ReadReview>().ReadAsync(person, draft.Id, DatanetsWorld.Cancel)).Refusal);
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_published_one_is_changed_by_its_owner_alone(string who)
    {
        Person person = PersonOf(who);
        DatanetDocument datanet = await _world.PublishedAsync(DatanetsWorld.Form with { AsksForAccess = true });
        AccessRequestDocument request = _world.Get<AskForAccess>().Ask(DatanetsWorld.Other, datanet.Id, "To learn letters.").Value!;
        ContributionDocument offer = await OfferAsync(datanet.Id);
        Assert.NotNull(await _world.Get<ReadDatanet>().OneAsync(person, datanet.Id, DatanetsWorld.Cancel));
        Refused(_world.Get<ChangeDatanet>().Change(person, datanet.Id, DatanetsWorld.Form).Refusal);
        Refused((await _world.Get<PublishNext>().PublishAsync(person, datanet.Id, DatanetsWorld.Cancel)).Refusal);
        Refused(_world.Get<GrantAccess>().Grant(person, request.Id).Refusal);
        Refused(_world.Get<GrantAccess>().Refuse(person, request.Id, "Not for you.").Refusal);
        Refused((await _world.Get<ReviewContribution>().AcceptAsync(person, offer.Id, DatanetsWorld.Cancel)).Refusal);
        Refused((await _world.Get<ReviewContribution>().SendBackAsync(person, offer.Id, "Not good enough.", DatanetsWorld.Cancel)).Refusal);
        Assert.Equal(AccessState.Asked, _world.Catalogue.Read(c => c.AccessRequests.Require(request.Id)).State);
        Assert.Equal(ContributionState.Waiting, _world.Catalogue.Read(c => c.Contributions.Require(offer.Id)).State);
    }

    [Fact]
    public async Task Rows_that_others_gave_once_changed_their_licence_with_the_owners_mind()
    {
        DatanetDocument datanet = await _world.PublishedAsync();
        DatanetForm freer = DatanetsWorld.Form with { Licence = "CC0-1.0" };
        Assert.Null(_world.Get<ChangeDatanet>().Change(DatanetsWorld.Owner, datanet.Id, freer).Refusal);   // all rows are the owner's
        ContributionDocument offer = await OfferAsync(datanet.Id);
        Refusal bound = _world.Get<ChangeDatanet>().Change(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Form).Refusal!;
        Assert.Equal(nameof(DatanetForm.Licence), bound.Field);
        Assert.Contains("gave rows to it under CC0", bound.What, StringComparison.Ordinal);
        Assert.Null(_world.Get<ChangeDatanet>().Change(DatanetsWorld.Owner, datanet.Id, freer with { Name = "More letters" }).Refusal);
        Assert.Null((await _world.Get<ReviewContribution>().SendBackAsync(DatanetsWorld.Owner, offer.Id, "Not letters.", DatanetsWorld.Cancel)).Refusal);
        Assert.Null(_world.Get<ChangeDatanet>().Change(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Form).Refusal);
    }

    [Fact]
    public async Task Only_an_admin_admits_or_sends_back()
    {
        DatanetDocument datanet = await _world.SubmittedAsync();
        ReviewDatanet review = _world.Get<ReviewDatanet>();
        foreach (Person person in new[] { DatanetsWorld.Owner, DatanetsWorld.Other, DatanetsWorld.Visitor })
        {
            Refused((await review.ApproveAsync(person, datanet.Id, DatanetsWorld.Cancel)).Refusal);
            Refused((await review.SendBackAsync(person, datanet.Id, "A reason.", DatanetsWorld.Cancel)).Refusal);
        }
        Assert.NotNull((await _world.Get<ReadReview>().ReadAsync(DatanetsWorld.Admin, datanet.Id, DatanetsWorld.Cancel)).Value);
    }

    [Fact]
    public void A_visitor_creates_nothing() => Refused(_world.Get<CreateDatanet>().Create(DatanetsWorld.Visitor, DatanetsWorld.Form).Refusal);

    [Fact]
    public async Task Without_access_a_few_rows_are_shown_to_judge_by()
    {
        string many = "question,answer\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"Question number {i}?,Answer number {i} with words of its own {i * 7}.\n"));
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner, DatanetsWorld.Form with { AsksForAccess = true });
        await _world.Get<AddRows>().AddAsync(DatanetsWorld.Owner, (await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, many)).Value!.Id, DatanetsWorld.Cancel);
        await _world.Get<SubmitDatanet>().SubmitAsync(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Cancel);
        await _world.Get<ReviewDatanet>().ApproveAsync(DatanetsWorld.Admin, datanet.Id, DatanetsWorld.Cancel);

        RowsPage page = (await _world.Get<ReadRows>().PageAsync(DatanetsWorld.Other, datanet.Id, new RowQuery(), DatanetsWorld.Cancel))!;
        Assert.Equal((5, 12, false), (page.Rows.Count, page.All, page.Whole));
        AccessRequestDocument request = _world.Get<AskForAccess>().Ask(DatanetsWorld.Other, datanet.Id, "To learn.").Value!;
        Assert.Empty(await Trainable(DatanetsWorld.Other));
        Assert.NotNull(_world.Get<GrantAccess>().Grant(DatanetsWorld.Owner, request.Id).Value);
        Assert.Equal(datanet.Id, Assert.Single(await Trainable(DatanetsWorld.Other)).Datanet.Id);
        Assert.True((await _world.Get<ReadRows>().PageAsync(DatanetsWorld.Other, datanet.Id, new RowQuery(), DatanetsWorld.Cancel))!.Whole);
        _world.Get<GrantAccess>().Withdraw(DatanetsWorld.Owner, request.Id);
        Assert.Empty(await Trainable(DatanetsWorld.Other));
        Assert.Empty(await Trainable(DatanetsWorld.Visitor));
    }

    private Task<IReadOnlyList<DatanetLine>> Trainable(Person person) => _world.Get<BrowseDatanets>().ListAsync(person, new DatanetFilter(Scope: DatanetScope.MayTrain), DatanetsWorld.Cancel);

    private async Task<ContributionDocument> OfferAsync(string id)
    {
        Upload upload = (await _world.UploadAsync(DatanetsWorld.Other, id, "question,answer\nWhat is d?,The fourth letter.\n")).Value!;
        return (await _world.Get<ContributeRows>().OfferAsync(DatanetsWorld.Other, upload.Id, "One more.", DatanetsWorld.Cancel)).Value!;
    }

    private static Person PersonOf(string who) => who == "other" ? DatanetsWorld.Other : DatanetsWorld.Visitor;

    private static void Refused(Refusal? refusal) => Assert.NotNull(refusal);
}
