using System.Globalization;

namespace OpenLedger.Bindings;

/// <summary>Which C# type and name stand for an ABI's. Knows nothing of files.</summary>
internal static class CSharpType
{
    // Members of Nethereum's FunctionMessage that a parameter of the same name would hide.
    private static readonly HashSet<string> _taken = ["AmountToSend", "Gas", "GasPrice", "FromAddress", "Nonce", "MaxFeePerGas", "MaxPriorityFeePerGas", "TransactionType", "AccessList", "AuthorisationList", "ByteCode"];

    public static string Of(AbiParameter parameter)
    {
        if (parameter.Type.EndsWith("[]", StringComparison.Ordinal))
            return $"List<{Of(parameter with { Type = parameter.Type[..^2] })}>";
        return parameter.Type switch
        {
            "tuple" => StructName(parameter),
            "address" or "string" => "string",
            "bool" => "bool",
            "bytes" or "bytes32" => "byte[]",
            "uint8" => "byte",
            "uint32" => "uint",
            "uint64" => "ulong",
            string type when type.StartsWith("uint", StringComparison.Ordinal) || type.StartsWith("int", StringComparison.Ordinal) => "BigInteger",
            string type when type.StartsWith("bytes", StringComparison.Ordinal) => "byte[]",
            string type => throw new NotSupportedException($"no C# type stands for '{type}' of '{parameter.Name}'"),
        };
    }

    public static string InitialValue(AbiParameter parameter)
    {
        string type = Of(parameter);
        if (type == "string") return " = \"\";";
        if (type is "byte[]" || type.StartsWith("List<", StringComparison.Ordinal)) return " = [];";
        return parameter.Type == "tuple" ? " = new();" : "";
    }

    /// <summary>"struct DatanetRegistry.Version[]" is Version.</summary>
    public static string StructName(AbiParameter parameter) => parameter.InternalType.Split(' ', '.')[^1].Replace("[]", "", StringComparison.Ordinal);

    public static string PropertyName(AbiParameter parameter, int order, string owner)
    {
        string bare = parameter.Name.Trim('_');
        if (bare.Length == 0) return string.Create(CultureInfo.InvariantCulture, $"Value{order}");
        string name = Pascal(bare);
        return _taken.Contains(name) || name == owner ? name + "Value" : name;
    }

    /// <summary>"PUBLISHER_ROLE" is PublisherRole, "versionOf" is VersionOf.</summary>
    public static string Pascal(string name) =>
        name.Contains('_', StringComparison.Ordinal)
            ? string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()))
            : char.ToUpperInvariant(name[0]) + name[1..];
}
