using System.Text.Json;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What is wrong with JSON, in a sentence without the reader's own coordinates.</summary>
internal static class JsonFault
{
    public static string Of(JsonException fault)
    {
        if (fault.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)) return "it is nested too deep.";
        string text = fault.Message;
        int coordinates = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (coordinates >= 0) text = text[..coordinates];
        return text.TrimEnd('.') + ".";
    }
}
