using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>The state of chain, ledger, outbox, data availability and disk, a line each.</summary>
public partial class StateCard
{
    private const long MuchSpace = 2_000_000_000; // bytes: a training run with its checkpoints

    [Parameter, EditorRequired] public StudioState State { get; set; } = null!;

    private string ChainName => State.ChainId == ChainId.Development.Value ? "Practice chain" : $"Chain {State.ChainId}";

    private bool IsStandIn => State.DataAvailability.Contains("stand-in", StringComparison.OrdinalIgnoreCase);

    private string LedgerDetail => State.Faults.Count == 0
        ? $"{Number(State.Receipts)} receipts counted again: balances equal them, to the wei"
        : $"{Number(State.Faults.Count)} faults found";

    private string OutboxDetail => (State.OutboxWaiting, State.OutboxFailed) switch
    {
        (0, 0) => State.LastBatch is null ? "empty; nothing settled yet" : $"empty; batch {Number(State.LastBatch.Number)} was the last",
        (int waiting, 0) => $"{Number(waiting)} on their way",
        (_, int failed) => $"{Number(failed)} failed; the job that sent them says why",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
