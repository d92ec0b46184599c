using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>An address as its lower-case key.</summary>
public sealed class AddressText() : ValueConverter<Address, string>(address => address.Key, text => Address.Parse(text));
