using System.Numerics;
using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Attribution;

/// <summary>What one address gets of one call, all its parts together. Knows nothing of when it is paid.</summary>
public sealed record Payment(string Beneficiary, [property: JsonConverter(typeof(WholeNumberJson))] BigInteger Amount);
