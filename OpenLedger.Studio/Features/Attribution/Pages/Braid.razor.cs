using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Attribution.Pages;

/// <summary>Rows to the left, payments to the right, widths by share. Draws what it is given; the figures stand beside it in text.</summary>
public sealed partial class Braid
{
    private const int MostDrawn = 7;
    private const double Pitch = 54, Top = 28, Thickest = 62;

    [Parameter, EditorRequired] public AnswerTrace Trace { get; set; } = null!;

    [Parameter] public Strand? Chosen { get; set; }

    [Parameter] public EventCallback<Strand> OnChosen { get; set; }

    private IEnumerable<(Strand Strand, double Y)> Rows => Trace.Strands.Take(MostDrawn).Select((strand, i) => (strand, Top + i * Pitch));

    private IEnumerable<(Payee Payee, double Y)> Payments => Trace.Payees.Take(MostDrawn).Select((payee, i) => (payee, Top + i * Pitch));

    private double Height => Top * 2 + Pitch * (Math.Max(Math.Min(Trace.Strands.Count, MostDrawn), Math.Min(Trace.Payees.Count, MostDrawn)) - 1) + 24;

    private double Middle => Height / 2 - 12;

    private IEnumerable<BraidLine> Lines
    {
        get
        {
            yield return new($"M452 {N(Middle)}H690", N(Thickest * 0.6), false, false);
            foreach ((Strand strand, double y) in Rows)
                yield return new($"M236 {N(y)}C346 {N(y)} 332 {N(Middle)} 452 {N(Middle)}", Width(strand.Amount, Trace.ForRows), false, strand == Chosen);
            foreach ((Payee payee, double y) in Payments)
                yield return new($"M690 {N(Middle)}C800 {N(Middle)} 784 {N(y)} 884 {N(y)}", Width(payee.Amount, Trace.Row.Fee), true, payee.Address == Chosen?.Contributor);
        }
    }

    private string Percent(Wei amount) => ((double)(amount.Amount * 10_000 / Trace.ForRows.Amount) / 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Width(Wei part, Wei whole) => N(Math.Max(1.5, Thickest * 0.6 * (double)(part.Amount * 10_000 / whole.Amount) / 10_000));

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private sealed record BraidLine(string Path, string Width, bool IsMoney, bool IsOn);
}
