using System.Text.Json;
using System.Text.Json.Serialization;
using LiteDB;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>Turns a document record into BSON and back by way of System.Text.Json, so that a missing required field is seen when it is read. Knows no collection.</summary>
public static class CatalogueMapper
{
    /// <summary>How documents are written: enums, money, addresses and hashes as text.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Converters = { new JsonStringEnumConverter() } };

    internal static BsonMapper Bson { get; } = new();

    internal static BsonDocument ToBson<T>(T document) where T : CatalogueDocument
    {
        using JsonDocument json = System.Text.Json.JsonSerializer.SerializeToDocument(document, Json);
        BsonDocument bson = ToBson(json.RootElement).AsDocument;
        bson.Remove(nameof(CatalogueDocument.Id));
        bson["_id"] = document.Id;
        return bson;
    }

    /// <summary>A value as the documents hold it, to look for.</summary>
    internal static BsonValue ValueToBson<T>(T value) => ToBson(System.Text.Json.JsonSerializer.SerializeToElement(value, Json));

    internal static T FromBson<T>(BsonDocument bson) where T : CatalogueDocument
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            Write(writer, bson);
        }

        return System.Text.Json.JsonSerializer.Deserialize<T>(text.ToArray(), Json) ?? throw new System.Text.Json.JsonException($"an empty {typeof(T).Name}");
    }

    private static BsonValue ToBson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new BsonDocument(value.EnumerateObject().ToDictionary(field => field.Name, field => ToBson(field.Value))),
        JsonValueKind.Array => new BsonArray(value.EnumerateArray().Select(ToBson)),
        JsonValueKind.String => new BsonValue(value.GetString()),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? new BsonValue(whole) : new BsonValue(value.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => new BsonValue(value.GetBoolean()),
        JsonValueKind.Null or JsonValueKind.Undefined => BsonValue.Null,
    };

    private static void Write(Utf8JsonWriter writer, BsonValue value)
    {
        switch (value.Type)
        {
            case BsonType.Document: WriteObject(writer, value.AsDocument); break;
            case BsonType.Array: WriteArray(writer, value.AsArray); break;
            case BsonType.String: writer.WriteStringValue(value.AsString); break;
            case BsonType.Int32 or BsonType.Int64: writer.WriteNumberValue(value.AsInt64); break;
            case BsonType.Double: writer.WriteNumberValue(value.AsDouble); break;
            case BsonType.Boolean: writer.WriteBooleanValue(value.AsBoolean); break;
            case BsonType.Null: writer.WriteNullValue(); break;
            default: throw new System.Text.Json.JsonException($"a document holds a {value.Type}, which no document writes");
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, BsonDocument document)
    {
        writer.WriteStartObject();
        foreach ((string name, BsonValue value) in document)
        {
            writer.WritePropertyName(name == "_id" ? nameof(CatalogueDocument.Id) : name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, BsonArray array)
    {
        writer.WriteStartArray();
        foreach (BsonValue value in array) Write(writer, value);
        writer.WriteEndArray();
    }
}
