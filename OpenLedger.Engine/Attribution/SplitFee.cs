using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>Turns one call's fee into parts for everybody behind it, by one policy. Knows nothing of how scores were measured.</summary>
public sealed class SplitFee(SharePolicy policy)
{
    private readonly SharePolicy _policy = policy.Require();

    /// <summary>
    /// Platform fee to the treasury; the net to developer, stakers and contributors; each of those on to whoever stands behind it, and to the treasury
    /// where nobody does. The parts sum to the fee exactly.
    /// </summary>
    /// <exception cref="InvalidOperationException">The parts would not sum to the fee: a fault of this class, and nothing may be paid from it.</exception>
    public FeeSplit Of(CallFee fee, CallEvidence evidence)
    {
        IReadOnlyList<BigInteger> net = LargestRemainder.Split(fee.Net, [("contributors", _policy.Contributors), ("developer", _policy.Developer), ("stakers", _policy.Stakers)]);
        FeePart[] parts =
        [
            .. Present(new FeePart(FeeReason.Platform, _policy.Treasury, fee.Platform)),
            .. Developers(net[1], evidence.Models),
            .. Stakers(net[2], evidence.Stakes),
            .. Contributors(net[0], evidence),
        ];
        BigInteger sum = FeeSplit.Sum(parts);
        return sum == fee.Total ? new(fee, parts) : throw new InvalidOperationException($"the parts sum to {sum} wei, the fee is {fee.Total}");
    }

    private IEnumerable<FeePart> Developers(BigInteger total, IReadOnlyList<ServedModel> models) =>
        ByModel(total, models).SelectMany(part => part.Model is { Developer: string developer } model
            ? Present(new FeePart(FeeReason.Developer, developer, part.Amount, model.Id))
            : Unclaimed(part.Amount, part.Model?.Id));

    private IEnumerable<FeePart> Stakers(BigInteger total, IReadOnlyList<(string Address, BigInteger Stake)> stakes)
    {
        if (stakes.All(stake => stake.Stake.IsZero)) return Unclaimed(total);
        IReadOnlyList<BigInteger> amounts = LargestRemainder.Split(total, stakes);
        return stakes.SelectMany((stake, i) => Present(new FeePart(FeeReason.Staker, stake.Address, amounts[i])));
    }

    // Evidence of one kind alone takes the whole part; without any, the part is nobody's.
    private IEnumerable<FeePart> Contributors(BigInteger total, CallEvidence evidence)
    {
        bool passages = evidence.Passages.Any(row => row.Score.Units.Sign > 0);
        bool training = evidence.Models.Any(model => model.Weight.Sign > 0 && model.TrainingRows.Any(row => row.Score.Units.Sign > 0));
        (int forPassages, int forTraining) = (passages, training) switch
        {
            (true, true) => (_policy.Passages, _policy.Training),
            (true, false) => (SharePolicy.Whole, 0),
            (false, true) => (0, SharePolicy.Whole),
            (false, false) => (0, 0),
        };
        if (!passages && !training) return Unclaimed(total);
        IReadOnlyList<BigInteger> kinds = LargestRemainder.Split(total, [("passages", forPassages), ("training", forTraining)]);
        return Rows(kinds[0], FeeReason.Passage, evidence.Passages)
            .Concat(ByModel(kinds[1], evidence.Models).SelectMany(part => Rows(part.Amount, FeeReason.TrainingRow, part.Model?.TrainingRows ?? [], part.Model?.Id)));
    }

    private IEnumerable<FeePart> Rows(BigInteger total, FeeReason reason, IReadOnlyList<ScoredRow> rows, string? model = null)
    {
        RowShares shares = RowShares.Of(total, rows, _policy.Duplicates);
        return rows
            .Select(row => row.Contributor is string contributor
                ? new FeePart(reason, contributor, shares.Amounts[row.Id], model, row.Id)
                : new FeePart(FeeReason.Unclaimed, _policy.Treasury, shares.Amounts[row.Id], model, row.Id))
            .SelectMany(Present)
            .Concat(Unclaimed(shares.Unearned, model));
    }

    private static IEnumerable<(ServedModel? Model, BigInteger Amount)> ByModel(BigInteger total, IReadOnlyList<ServedModel> models)
    {
        if (models.All(model => model.Weight.IsZero)) return [(null, total)];
        IReadOnlyList<BigInteger> amounts = LargestRemainder.Split(total, [.. models.Select(model => (model.Id, model.Weight))]);
        return models.Select((model, i) => ((ServedModel?)model, amounts[i]));
    }

    private IEnumerable<FeePart> Unclaimed(BigInteger amount, string? model = null) => Present(new FeePart(FeeReason.Unclaimed, _policy.Treasury, amount, model));

    private static IEnumerable<FeePart> Present(FeePart part) => part.Amount.IsZero ? [] : [part];
}
