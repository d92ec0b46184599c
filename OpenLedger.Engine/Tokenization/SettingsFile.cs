using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>A small JSON file that lies beside a model's words. Knows no file's meaning.</summary>
internal static class SettingsFile
{
    private const long Largest = 32 << 20; // bytes

    /// <summary>What it says; undefined where there is no such file.</summary>
    /// <exception cref="TokenizerException">No JSON, or too much of it.</exception>
    public static JsonElement Read(string path)
    {
        if (!File.Exists(path)) return default;
        try
        {
            return JsonDocument.Parse(ReadBounded(path, Largest)).RootElement;
        }
        catch (JsonException broken)
        {
            throw new TokenizerException($"'{Path.GetFileName(path)}' is no JSON: {broken.Message}", broken);
        }
    }

    /// <summary>All bytes of a file that may have only so many.</summary>
    public static byte[] ReadBounded(string path, long largest = Largest)
    {
        long length = new FileInfo(path).Length;
        return length <= largest ? File.ReadAllBytes(path) : throw new TokenizerException($"'{Path.GetFileName(path)}' has {length} bytes; {largest} are the most");
    }

    /// <summary>A token by its role, whether it is written as a text or with its properties; null where there is none.</summary>
    public static string? TokenIn(JsonElement settings, string role) => settings.Child(role) is JsonElement token ? Content(token) : null;

    /// <summary>The text of a token, whether it is written as a text or with its properties.</summary>
    public static string? Content(JsonElement token) => token switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } => token.Child("content") is { ValueKind: JsonValueKind.String } content ? content.GetString() : null,
        _ => null,
    };
}
