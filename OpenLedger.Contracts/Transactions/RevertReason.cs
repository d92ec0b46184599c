using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;
using Nethereum.JsonRpc.Client;
using Newtonsoft.Json.Linq;

namespace OpenLedger.Contracts.Transactions;

/// <summary>Reads why a call reverted: a custom error of our contracts, a Solidity string or a panic. Knows nothing of what was called.</summary>
public static class RevertReason
{
    private const int MaxDataDigits = 2 + 2 * 1024;

    private static readonly Type[] _errors =
    [
        .. Bindings.RewardDistributor.RewardDistributorErrors.All, .. Bindings.CallDeposits.CallDepositsErrors.All, .. Bindings.AttributionLedger.AttributionLedgerErrors.All,
        .. Bindings.DatanetRegistry.DatanetRegistryErrors.All, .. Bindings.ModelRegistry.ModelRegistryErrors.All,
    ];

    /// <summary>The reason, or null where the node's error carries no revert data.</summary>
    public static string? Of(RpcResponseException answer)
    {
        string? data = answer.RpcError.Data switch
        {
            JObject nested => (string?)nested["data"],
            object other => other.ToString(),
            null => null,
        };
        return data is not null && data.StartsWith("0x", StringComparison.Ordinal) && data.Length <= MaxDataDigits ? Describe(data) : null;
    }

    public static string Describe(string data)
    {
        if (data.Length < 10) return "no reason given";
        if (data.StartsWith("0x08c379a0", StringComparison.Ordinal)) return SolidityString(data);
        if (data.StartsWith("0x4e487b71", StringComparison.Ordinal) && data.Length == 10 + 64) return "panic 0x" + data[^2..];   // Panic(uint256)
        Type? error = Array.Find(_errors, one => ErrorExtensions.IsExceptionEncodedDataForError(data, one));
        return error is null ? $"unknown error {data[..10]}" : Describe(error, data);
    }

    private static string Describe(Type error, string data)
    {
        object values = ErrorExtensions.DecodeExceptionEncodedData(data, error);
        IEnumerable<string> facts = error.GetProperties()
            .Select(property => (property, parameter: property.GetCustomAttribute<ParameterAttribute>()!))
            .OrderBy(one => one.parameter.Order)
            .Select(one => $"{one.parameter.Name}: {Text(one.property.GetValue(values))}");
        return $"{error.GetCustomAttribute<ErrorAttribute>()!.Name}({string.Join(", ", facts)})";
    }

    private static string Text(object? value) => value is byte[] bytes ? "0x" + Convert.ToHexStringLower(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    // Error(string): offset, length, bytes. Read by hand: a length is not to be trusted with an allocation.
    private static string SolidityString(string data)
    {
        byte[] body = new byte[(data.Length - 10) / 2];
        if (Convert.FromHexString(data.AsSpan(10), body, out _, out _) != System.Buffers.OperationStatus.Done || body.Length < 64) return "a reason that cannot be read";
        BigInteger length = new(body.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        return length <= body.Length - 64 ? Encoding.UTF8.GetString(body, 64, (int)length) : "a reason that cannot be read";
    }
}
