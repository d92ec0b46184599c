using System.Globalization;
using System.Text.Json;

namespace OpenLedger.Benchmarks;

/// <summary>One measured figure. Knows nothing of how it was measured.</summary>
/// <param name="Name">Which, as <c>area.what</c>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">In what.</param>
/// <param name="Better"><c>higher</c> or <c>lower</c>.</param>
/// <param name="Against">What was measured beside it in the same run; null where nothing was.</param>
/// <param name="Bar">What it must reach; null where it is only told.</param>
/// <param name="Goal">What it should reach one day.</param>
internal sealed record Figure(string Name, double Value, string Unit, string Better, string? Against = null, double? Bar = null, double? Goal = null)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public string ForPeople() => string.Create(
        CultureInfo.InvariantCulture, $"{Name,-44} {Value,12:G5} {Unit,-14}{(Bar is double bar ? $" bar {bar:G4} {(Passes ? "met" : "MISSED")}" : "")}{(Against is null ? "" : $"  ({Against})")}");

    public string ForMachines() => JsonSerializer.Serialize(new { Name, Value, Unit, Better, Against, Bar, Goal }, Web);

    public bool Passes => Bar is not double bar || (Better == "lower" ? Value <= bar : Value >= bar);
}
