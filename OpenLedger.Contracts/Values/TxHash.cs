using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace OpenLedger.Contracts.Values;

/// <summary>The hash by which a chain knows a transaction. Knows nothing of whether it was mined.</summary>
[JsonConverter(typeof(TextJsonConverter<TxHash>))]
public readonly record struct TxHash(Hash32 Value) : IParsable<TxHash>
{
    /// <summary>"0x" and 64 lower-case hex digits.</summary>
    public string Key => Value.Key;

    public static TxHash Parse(string text) => new(Hash32.Parse(text));

    public static bool TryParse([NotNullWhen(true)] string? text, out TxHash hash)
    {
        bool right = Hash32.TryParse(text, out Hash32 value);
        hash = new TxHash(value);
        return right;
    }

    public override string ToString() => Key;

    static TxHash IParsable<TxHash>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<TxHash>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TxHash result) => TryParse(s, out result);
}
