using System.Globalization;
using System.Numerics;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Components;

/// <summary>An amount in OPEN, rounded for the eye, with the exact wei in its value and title. Never computes with the rounded figure.</summary>
public partial class Money
{
    [Parameter, EditorRequired] public Wei Value { get; set; }

    /// <summary>Decimals shown: 6, or 9 where parts of one answer are compared.</summary>
    [Parameter] public int Decimals { get; set; } = 6;

    /// <summary>As a page's main figure.</summary>
    [Parameter] public bool Large { get; set; }

    /// <summary>The amount in OPEN to so many decimals, half rounded up; smaller than can be shown is said so.</summary>
    public static string Round(Wei value, int decimals = 6)
    {
        BigInteger unit = BigInteger.Pow(10, Wei.Decimals - decimals);
        BigInteger rounded = (value.Amount + unit / 2) / unit;
        if (rounded.IsZero && !value.IsZero) return "< 0." + new string('0', decimals - 1) + "1";
        BigInteger whole = BigInteger.DivRem(rounded, BigInteger.Pow(10, decimals), out BigInteger fraction);
        return $"{whole.ToString("N0", CultureInfo.InvariantCulture)}.{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0')}";
    }

    private string Shown => Round(Value, Decimals);

    private string Exact => Value.Amount.ToString("N0", CultureInfo.InvariantCulture) + " wei";
}
