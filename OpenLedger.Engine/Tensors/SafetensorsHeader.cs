using System.Buffers.Binary;
using System.Text.Json;

namespace OpenLedger.Engine.Tensors;

/// <summary>
/// Reads a safetensors header strictly: eight bytes of length, JSON, data that covers the rest exactly once
/// (https://github.com/huggingface/safetensors, "Format"). Touches no tensor data.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const int MaxDimensions = 16;
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 4, CommentHandling = JsonCommentHandling.Disallow };

    public Dictionary<string, SafetensorsTensor> Tensors { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    public static SafetensorsHeader Read(MappedFile file, string name, SafetensorsLimits limits)
    {
        if (file.Length < 8) throw new SafetensorsException($"'{name}' has {file.Length} bytes, fewer than the 8 of the header's length: it is no safetensors file");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(0, 8));
        if (length > (ulong)limits.HeaderBytes) throw new SafetensorsException($"'{name}' claims a header of {length} bytes, more than the {limits.HeaderBytes} allowed");
        if ((long)length > file.Length - 8) throw new SafetensorsException($"'{name}' claims a header of {length} bytes, but only {file.Length - 8} follow");
        SafetensorsHeader header = new();
        try
        {
            header.Parse(file.Slice(8, (int)length), 8 + (long)length, limits);
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            // InvalidOperationException is what the JSON reader throws for a wrong kind of value and for text that is not UTF-8.
            throw new SafetensorsException($"the header of '{name}' is not the JSON of a safetensors file: {broken.Message}");
        }
        header.RequireWhole(8 + (long)length, file.Length, name);
        return header;
    }

    private void Parse(ReadOnlySpan<byte> json, long dataStart, SafetensorsLimits limits)
    {
        Utf8JsonReader reader = new(json, Strict);
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        while (NextProperty(ref reader, out string key))
        {
            if (Tensors.ContainsKey(key) || (key == "__metadata__" && Metadata.Count > 0)) throw new FormatException($"'{key}' stands twice");
            if (key == "__metadata__") ReadMetadata(ref reader);
            else Tensors.Add(key, ReadTensor(ref reader, key, dataStart));
            if (Tensors.Count > limits.Tensors) throw new FormatException($"there are more than {limits.Tensors} tensors");
        }
        if (reader.Read()) throw new FormatException("something follows the header's object");
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "__metadata__");
        while (NextProperty(ref reader, out string key))
        {
            Expect(ref reader, JsonTokenType.String, $"__metadata__ '{key}'");
            if (!Metadata.TryAdd(key, reader.GetString()!)) throw new FormatException($"__metadata__ '{key}' stands twice");
        }
    }

    private static SafetensorsTensor ReadTensor(ref Utf8JsonReader reader, string name, long dataStart)
    {
        Expect(ref reader, JsonTokenType.StartObject, $"'{name}'");
        SafetensorsType? type = null;
        List<long>? shape = null, offsets = null;
        while (NextProperty(ref reader, out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, $"the dtype of '{name}'");
                    if (!SafetensorsTypes.TryParse(reader.GetString(), out SafetensorsType known)) throw new FormatException($"'{name}' has the unknown dtype '{reader.GetString()}'");
                    type = known;
                    break;
                case "shape" when shape is null: shape = ReadNumbers(ref reader, $"the shape of '{name}'", MaxDimensions); break;
                case "data_offsets" when offsets is null: offsets = ReadNumbers(ref reader, $"the data_offsets of '{name}'", 2); break;
                default: throw new FormatException($"'{name}' has the field '{key}', which is unknown or stands twice");
            }
        }
        if (type is null || shape is null || offsets is not [long begin, long end]) throw new FormatException($"'{name}' needs dtype, shape and two data_offsets");
        if (begin > end) throw new FormatException($"'{name}' begins at {begin} and ends before it, at {end}");
        long bytes = Size(shape, type.Value, name);
        if (end - begin != bytes) throw new FormatException($"'{name}' has {end - begin} bytes, but {type.Value.Name()} [{string.Join(", ", shape)}] needs {bytes}");
        return new SafetensorsTensor(name, type.Value, shape, dataStart + begin, bytes);
    }

    private static long Size(List<long> shape, SafetensorsType type, string name)
    {
        Int128 bytes = type.Bytes();
        foreach (long dimension in shape)
        {
            bytes *= dimension;
            if (bytes > long.MaxValue / 2) throw new FormatException($"'{name}' has the impossible shape [{string.Join(", ", shape)}]");
        }
        return (long)bytes;
    }

    // Every byte belongs to one tensor, none to two: no file can hide data or alias it.
    private void RequireWhole(long dataStart, long fileLength, string file)
    {
        long expected = dataStart;
        foreach (SafetensorsTensor tensor in Tensors.Values.OrderBy(t => t.Begin).ThenBy(t => t.Bytes))
        {
            if (tensor.Begin > fileLength - tensor.Bytes) throw new SafetensorsException($"tensor '{tensor.Name}' ends at {(Int128)tensor.Begin + tensor.Bytes}, but '{file}' has {fileLength} bytes");
            if (tensor.Begin < expected) throw new SafetensorsException($"tensor '{tensor.Name}' of '{file}' begins at {tensor.Begin}, inside the tensor before it, which ends at {expected}");
            if (tensor.Begin > expected) throw new SafetensorsException($"'{file}' has {tensor.Begin - expected} bytes before tensor '{tensor.Name}' that belong to no tensor");
            expected = tensor.Begin + tensor.Bytes;
        }
        if (expected != fileLength) throw new SafetensorsException($"'{file}' has {fileLength - expected} bytes after its last tensor that belong to none");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string what, int most)
    {
        Expect(ref reader, JsonTokenType.StartArray, what);
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0) throw new FormatException($"{what} must be whole numbers from 0");
            if (numbers.Count == most) throw new FormatException($"{what} has more than {most} entries");
            numbers.Add(number);
        }
        return numbers;
    }

    private static bool NextProperty(ref Utf8JsonReader reader, out string key)
    {
        reader.Read();
        key = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type) throw new FormatException($"{what} is {reader.TokenType}, {type} is needed");
    }
}
