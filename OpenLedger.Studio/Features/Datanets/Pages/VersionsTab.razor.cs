using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>A Datanet's versions, their roots, and a check that anybody can run.</summary>
public sealed partial class VersionsTab : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<CheckLine>? _checks;
    private bool _busy;

    [Parameter, EditorRequired] public DatanetView View { get; set; } = null!;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    [Inject] private VerifyVersion Verify { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task CheckAsync()
    {
        _busy = true;
        _checks = (await Verify.CheckAsync(Person, View.Datanet.Id, View.Datanet.LatestVersion, _left.Token)).Value;
        _busy = false;
    }

    private static string Sent(VersionLine line) => line.Sending is OutboxState state ? NameOf(state) : "not registered";

    private static string NameOf(OutboxState state) => state switch
    {
        OutboxState.Waiting => "waits for the chain",
        OutboxState.Signed => "signed, not sent yet",
        OutboxState.Sent => "sent, not in a block yet",
        OutboxState.Done => "registered",
        OutboxState.Failed => "the chain refused it; an admin sees why",
    };
}
