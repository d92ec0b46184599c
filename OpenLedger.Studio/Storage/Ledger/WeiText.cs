using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>An amount as 78 decimal digits (2^256 - 1 has so many), so that text sorts as the number does.</summary>
public sealed class WeiText() : ValueConverter<Wei, string>(amount => amount.ToString().PadLeft(78, '0'), text => Wei.Parse(text));
