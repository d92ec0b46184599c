using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenLedger.Engine.Records;

/// <summary>Writes a whole number of any size as decimal digits in quotes: JSON's numbers are doubles and lose wei past 2^53. Knows nothing of units.</summary>
public sealed class WholeNumberJson : JsonConverter<BigInteger>
{
    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BigInteger.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)
            ? value
            : throw new JsonException("a whole number is decimal digits in quotes");

    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
