using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenLedger.Engine.Records;

/// <summary>One byte sequence for one record (RFC 8785, JSON Canonicalization Scheme), so that its hash is one too. Knows nothing of what is written.</summary>
/// <remarks>
/// Property names are camelCase, enums are camelCase words, and a null property is left out, so that a field added later leaves older records' hashes alone.
/// Amounts and other integers past 2^53 travel as text: JSON's numbers are doubles.
/// </remarks>
public static class CanonicalJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>How records are read and written; use it to read one back.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>The canonical text of a value.</summary>
    /// <exception cref="CanonicalJsonException">A number that is no double, half a surrogate pair, or a repeated name.</exception>
    public static string Serialize<T>(T value) => Encoding.UTF8.GetString(SerializeToUtf8(value));

    /// <summary>The canonical text of a value in UTF-8: the bytes to hash and to sign.</summary>
    /// <exception cref="CanonicalJsonException">A number that is no double, half a surrogate pair, or a repeated name.</exception>
    public static byte[] SerializeToUtf8<T>(T value) => Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    /// <summary>Brings JSON text into canonical form.</summary>
    /// <exception cref="CanonicalJsonException">Not JSON, or not canonicalisable.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> json)
    {
        ArrayBufferWriter<byte> output = new(json.Length);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            Write(document.RootElement, output);
        }
        catch (JsonException e)
        {
            throw new CanonicalJsonException(e.Message);
        }
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a record back from its canonical text.</summary>
    /// <exception cref="JsonException">Text that is no such record.</exception>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"null is no {typeof(T).Name}");

    /// <summary>SHA-256 over the canonical bytes: the id of a record.</summary>
    public static Sha256Hash HashOf<T>(T value) => Sha256Hash.Of(SerializeToUtf8(value));

    private static void Write(JsonElement element, IBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(element, output); break;
            case JsonValueKind.Array: WriteArray(element, output); break;
            case JsonValueKind.String: CanonicalText.Write(TextOf(element), output); break;
            case JsonValueKind.Number: output.Write(Encoding.ASCII.GetBytes(EcmaScriptNumber.Canonical(element.GetRawText()))); break;
            case JsonValueKind.True: output.Write("true"u8); break;
            case JsonValueKind.False: output.Write("false"u8); break;
            case JsonValueKind.Null: output.Write("null"u8); break;
            default: throw new CanonicalJsonException($"a JSON value of kind {element.ValueKind} cannot be written");
        }
    }

    private static void WriteObject(JsonElement element, IBufferWriter<byte> output)
    {
        // RFC 8785, 3.2.3: names are ordered by their UTF-16 code units, which is what an ordinal comparison does.
        List<(string Name, JsonElement Value)> properties = [.. element.EnumerateObject().Select(p => (NameOf(p), p.Value))];
        properties.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Write("{"u8);
        for (int i = 0; i < properties.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            CanonicalText.Write(properties[i].Name, output);
            output.Write(":"u8);
            Write(properties[i].Value, output);
        }
        output.Write("}"u8);
    }

    private static void WriteArray(JsonElement element, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        int written = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (written++ > 0) output.Write(","u8);
            Write(item, output);
        }
        output.Write("]"u8);
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new CanonicalJsonException($"the text {element.GetRawText()} holds half a surrogate pair");
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw new CanonicalJsonException($"the name in {property} holds half a surrogate pair");
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
