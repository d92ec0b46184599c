using System.Text.Json;

namespace OpenLedger.Bindings;

/// <summary>One parameter, return value or member of an ABI. Knows nothing of C#.</summary>
public sealed record AbiParameter(string Name, string Type, string InternalType, bool Indexed, IReadOnlyList<AbiParameter> Components);

/// <summary>One constructor, function, event or error of an ABI. Knows nothing of C#.</summary>
public sealed record AbiEntry(string Kind, string Name, IReadOnlyList<AbiParameter> Inputs, IReadOnlyList<AbiParameter> Outputs);

/// <summary>What forge leaves of a compiled contract: its ABI and its creation code. Knows nothing of C#.</summary>
public sealed record ContractArtifact(string Name, IReadOnlyList<AbiEntry> Entries, string Bytecode)
{
    public static ContractArtifact Read(string name, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        AbiEntry[] entries = [.. document.RootElement.GetProperty("abi").EnumerateArray().Select(ReadEntry)];
        return new ContractArtifact(name, entries, document.RootElement.GetProperty("bytecode").GetProperty("object").GetString()!);
    }

    private static AbiEntry ReadEntry(JsonElement entry) =>
        new(entry.GetProperty("type").GetString()!, Text(entry, "name"), ReadParameters(entry, "inputs"), ReadParameters(entry, "outputs"));

    private static AbiParameter[] ReadParameters(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out JsonElement parameters)
            ? [.. parameters.EnumerateArray().Select(ReadParameter)]
            : [];

    private static AbiParameter ReadParameter(JsonElement parameter) =>
        new(Text(parameter, "name"), Text(parameter, "type"), Text(parameter, "internalType"),
            parameter.TryGetProperty("indexed", out JsonElement indexed) && indexed.GetBoolean(), ReadParameters(parameter, "components"));

    private static string Text(JsonElement element, string property) => element.TryGetProperty(property, out JsonElement value) ? value.GetString()! : "";
}
