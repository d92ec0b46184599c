using System.Text.Json;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Benchmarks;

/// <summary>The rows that the Studio ships, with their sources for contributors.</summary>
internal static class SampleRows
{
    public static IEnumerable<DatanetRow> Read() =>
        File.ReadLines(Repository.Starter("datanets/medquad-sample/rows.jsonl")).Select(line => RowOf(JsonDocument.Parse(line).RootElement));

    private static DatanetRow RowOf(JsonElement row) => new(
        Text(row, "id"), [new(ChatTurn.User, Text(row, "question")), new(ChatTurn.Assistant, Text(row, "answer"))], null, Text(row, "source"), Text(row, "source"), Text(row, "url"));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
