using System.Numerics;
using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Attribution;

/// <summary>What the rows that a record does not list scored and earned together. Knows nothing of which they were.</summary>
/// <param name="Rows">How many.</param>
/// <param name="PositiveScore">The sum of their scores above zero.</param>
/// <param name="Share">Wei.</param>
public sealed record ResidualMass(int Rows, RawScore PositiveScore, [property: JsonConverter(typeof(WholeNumberJson))] BigInteger Share);
