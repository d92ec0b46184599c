using Microsoft.Extensions.Time.Testing;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Admin;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Tests.Storage.Ledger;

namespace OpenLedger.Studio.Tests.Features.Admin;

public sealed class AdminUseCaseTests : IDisposable
{
    private static readonly Address _ann = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly Address _bob = Address.Parse("0x00000000000000000000000000000000000000bb");
    private static readonly Person _admin = new(_ann, IsAdmin: true);
    private static readonly Person _member = new(_bob, IsAdmin: false);

    private readonly TemporaryFolder _folder = new();
    private readonly CatalogueFile _file;
    private readonly Catalogue _catalogue;
    private readonly Governance _governance;

    public AdminUseCaseTests()
    {
        _file = new CatalogueFile(_folder.File("catalogue.db"));
        _catalogue = new Catalogue(_file);
        _governance = new Governance(new StudioSettings(_catalogue, new FakeTimeProvider()), _ann);
        foreach ((Address address, PersonRole role) in new[] { (_ann, PersonRole.Admin), (_bob, PersonRole.Member) })
            _catalogue.Write(c => c.People.Put(new PersonDocument { Id = address.Key, Address = address, Role = role, FirstSeen = 1, LastSeen = 2 }));
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_admin_makes_admins_and_the_last_one_stays()
    {
        ChangeRole roles = new(_catalogue);
        Assert.Equal(RoleChange.NotAllowed, roles.Change(_bob.Key, PersonRole.Admin, _member));
        Assert.Equal(RoleChange.NotThere, roles.Change("0xdead", PersonRole.Admin, _admin));
        Assert.Equal(RoleChange.LastAdmin, roles.Change(_ann.Key, PersonRole.Member, _admin));
        Assert.Equal(RoleChange.Done, roles.Change(_bob.Key, PersonRole.Admin, _admin));
        Assert.Equal(RoleChange.Done, roles.Change(_ann.Key, PersonRole.Member, _admin));
        Assert.Equal(PersonRole.Member, _catalogue.Read(c => c.People.Require(_ann.Key)).Role);
    }

    [Fact]
    public void Shares_that_do_not_sum_and_amounts_that_are_none_are_refused_in_words()
    {
        ChangeGovernance change = new(_governance);
        GovernanceForm form = change.Read();
        Assert.Equal((4000, 1000, 5000, 6000, 4000), (form.Developer, form.Stakers, form.Contributors, form.Passages, form.Training));
        form.Developer = 4001;
        Assert.Contains(change.Change(form, _admin), problem => problem.Contains("must sum to 10,000", StringComparison.Ordinal));
        form.Developer = 4000;
        form.Treasury = "somewhere";
        Assert.Contains(change.Change(form, _admin), problem => problem.Contains("must be an address", StringComparison.Ordinal));
        form.Treasury = _bob.Checksum;
        form.PlatformFee = "a little";
        Assert.Contains(change.Change(form, _admin), problem => problem.Contains("is no amount", StringComparison.Ordinal));
        Assert.Equal(_ann.Key, _governance.SharePolicy.Treasury); // nothing of it is kept
    }

    [Fact]
    public void What_an_admin_sets_holds_and_a_member_sets_nothing()
    {
        ChangeGovernance change = new(_governance);
        GovernanceForm form = change.Read();
        (form.Developer, form.Contributors, form.Treasury, form.PlatformFee) = (3000, 6000, _bob.Checksum, "0.00002");
        Assert.NotEmpty(change.Change(form, _member));
        Assert.Empty(change.Change(form, _admin));
        Assert.Equal((3000, 6000, _bob.Key, new Wei(20_000_000_000_000)), (_governance.SharePolicy.Developer, _governance.SharePolicy.Contributors, _governance.SharePolicy.Treasury, _governance.PlatformFee));
    }

    [Fact]
    public async Task Approvals_come_longest_waiting_first_and_decisions_newest_first()
    {
        foreach ((string id, DatanetState state, long updated) in new[] { ("d1", DatanetState.WaitingForReview, 20L), ("d2", DatanetState.WaitingForReview, 10L), ("d3", DatanetState.Published, 5L), ("d4", DatanetState.SentBack, 6L), ("d5", DatanetState.Draft, 7L) })
            _catalogue.Write(c => c.Datanets.Put(new DatanetDocument { Id = id, Name = id, Summary = "", Licence = "CC0", Owner = _bob, State = state, Created = 1, Updated = updated }));
        using TestLedger ledger = TestLedger.OnFile(_folder.File("ledger.db"));
        Approvals approvals = await new ReadApprovals(_catalogue, new ReadRegistrations(ledger.Reader)).ReadAsync(default);
        Assert.Equal(["d2", "d1"], approvals.Waiting.Select(datanet => datanet.Id));
        Assert.Equal(["d4", "d3"], approvals.Decided.Select(decided => decided.Datanet.Id));
        Assert.Equal(5, new ReadPeople(_catalogue).Read().Single(known => known.Person.Id == _bob.Key).Datanets);
    }
}
