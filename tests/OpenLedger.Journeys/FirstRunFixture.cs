namespace OpenLedger.Journeys;

/// <summary>A Studio nobody has used, with somebody who looks round and somebody who has just signed in.</summary>
public sealed class FirstRunFixture : StudioFixture
{
    private Visitor? _guest, _newcomer;

    public Visitor Guest => _guest ?? throw new InvalidOperationException("not started");

    public Visitor Newcomer => _newcomer ?? throw new InvalidOperationException("not started");

    // Named, or the newcomer would be the admin.
    protected override IReadOnlyList<string> Settings => [$"--Studio:Admins={TestKey.Admin.Address}"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _guest = await VisitAsync(Look.Wide);
        _newcomer = await VisitAsync(Look.Wide, TestKey.Contributor);
        await _newcomer.SignInAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_guest is not null) await _guest.DisposeAsync();
        if (_newcomer is not null) await _newcomer.DisposeAsync();
        await base.DisposeAsync();
    }
}
