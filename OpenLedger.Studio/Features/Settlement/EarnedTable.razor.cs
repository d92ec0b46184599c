using System.Globalization;
using System.Numerics;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Earnings by row, model or day, with what each is of the whole. Percentages sum to 100.00.</summary>
public partial class EarnedTable
{
    private const int Listed = 12;

    private Grouping _by = Grouping.Row;

    private enum Grouping
    {
        Row,
        Model,
        Day,
    }

    [Parameter, EditorRequired] public Rewards Rewards { get; set; } = null!;

    private IReadOnlyList<EarnedLine> Lines
    {
        get
        {
            List<EarnedPart> parts = [.. Shown(Parts())];
            IReadOnlyList<BigInteger> shares = LargestRemainder.Split(10_000, [.. parts.Select((part, i) => (part.Key + i.ToString("D4", CultureInfo.InvariantCulture), part.Amount.Amount))]);
            BigInteger most = BigInteger.Max(BigInteger.One, parts.Max(part => part.Amount.Amount));
            return [.. parts.Select((part, i) => new EarnedLine(part, (int)shares[i], (int)(part.Amount.Amount * 100 / most)))];
        }
    }

    private IReadOnlyList<EarnedPart> Parts() => _by switch
    {
        Grouping.Row => WithTheRest(Rewards.ByRow),
        Grouping.Model => Rewards.ByModel,
        Grouping.Day => Rewards.ByDay,
    };

    // What a wallet earned as developer, staker or treasury came from no row of its own.
    private IReadOnlyList<EarnedPart> WithTheRest(IReadOnlyList<EarnedPart> rows)
    {
        Wei byRows = rows.Aggregate(Wei.Zero, (sum, row) => sum + row.Amount);
        return byRows == Rewards.Earned ? rows : [.. rows, new EarnedPart("", "Not by rows: as developer, staker or treasury", null, null, Rewards.Earned - byRows, Rewards.Answers, false, "")];
    }

    private static IEnumerable<EarnedPart> Shown(IReadOnlyList<EarnedPart> parts)
    {
        if (parts.Count <= Listed) return parts;
        EarnedPart[] rest = [.. parts.Skip(Listed - 1)];
        Wei amount = rest.Aggregate(Wei.Zero, (sum, part) => sum + part.Amount);
        return [.. parts.Take(Listed - 1), new EarnedPart("~", $"{Number(rest.Length)} more", null, null, amount, rest.Sum(part => part.Answers), rest.All(part => part.Settled), "")];
    }

    // Across Datanets a row is named with its Datanet in front, which is long and says nothing to a reader.
    private static string RowOf(string row) => row[(row.LastIndexOf('/') + 1)..];

    private static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record EarnedLine(EarnedPart Part, int BasisPoints, int Width);
}
