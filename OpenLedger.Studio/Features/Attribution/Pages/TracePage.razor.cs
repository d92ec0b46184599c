using System.Numerics;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Attribution.Pages;

/// <summary>One answer's coins from row to transaction, or the answers that a wallet, row, model or transaction had a part in. Checks when asked to.</summary>
public sealed partial class TracePage
{
    private const int NamedParts = 7;

    private bool _loading = true, _checking;
    private AnswerTrace? _trace;
    private FoundTraces? _found;
    private Strand? _strand;
    private IReadOnlyList<CheckLine>? _lines;

    [Parameter] public string? Id { get; set; }

    /// <summary>With <see cref="Row"/>: a row by its two names.</summary>
    [Parameter] public string? Datanet { get; set; }

    [Parameter] public string? Row { get; set; }

    [Inject] private ReadTrace Read { get; set; } = null!;

    [Inject] private FindTraces Find { get; set; } = null!;

    [Inject] private CheckTrace Check { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    private string Subject => Id ?? $"{Datanet}/{Row}";

    private IReadOnlyList<SharePart> RowParts => Parts([.. _trace!.Strands.Select(strand => (strand.RowId, strand.Amount, (string?)$"/trace/{strand.Id}"))], "smaller rows");

    private IReadOnlyList<SharePart> PayeeParts => Parts([.. _trace!.Payees.Select(payee => (payee.Name, payee.Amount, (string?)$"/trace/{payee.Address.Checksum}"))], "smaller payments");

    protected override async Task OnParametersSetAsync()
    {
        (_loading, _trace, _found, _lines) = (true, null, null, null);
        Person person = await Current.GetAsync();
        if (await Find.OneAsync(Subject, CancellationToken.None) is string receipt) _trace = await Read.OfAsync(receipt, person, CancellationToken.None);
        else _found = await Find.AllAsync(Subject, CancellationToken.None);
        _strand = _trace?.Strands.FirstOrDefault();
        _loading = false;
    }

    private static string NameOf(Strand strand) => $"{strand.RowId}, {Money.Round(strand.Amount, 9)}";

    // Basis points by largest remainder, so that what is shown sums to 100.00 %.
    private static IReadOnlyList<SharePart> Parts(IReadOnlyList<(string Name, Wei Amount, string? Href)> all, string rest)
    {
        if (all.Count == 0) return [];
        int named = all.Count == NamedParts + 1 ? all.Count : NamedParts;   // "1 smaller rows" would take the line of the row itself
        List<(string Name, Wei Amount, string? Href, bool IsRest)> shown = [.. all.Take(named).Select(part => (part.Name, part.Amount, part.Href, false))];
        if (all.Count > named) shown.Add(($"{all.Count - named} {rest}", all.Skip(named).Aggregate(Wei.Zero, (sum, part) => sum + part.Amount), null, true));
        IReadOnlyList<BigInteger> points = LargestRemainder.Split(SharePolicy.Whole, [.. shown.Select((part, i) => ($"{i:D2}", part.Amount.Amount))]);
        return [.. shown.Select((part, i) => new SharePart(part.Name, (int)points[i], part.Amount, part.Href, part.IsRest))];
    }

    private void Choose(Strand? strand) => _strand = strand;

    private async Task CheckAsync()
    {
        _checking = true;
        _lines = await Check.CheckAsync(_trace!, CancellationToken.None);
        _checking = false;
    }
}
