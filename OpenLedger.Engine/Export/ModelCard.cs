using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenLedger.Engine.Export;

/// <summary>A Datanet that a model learned from, as its card names it.</summary>
public sealed record CardData(string Name, int Version, string Root, string Licence, int Rows);

/// <summary>Who gave rows, and how many.</summary>
public sealed record CardContributor(string Address, int Rows);

/// <summary>What a model's card says: data, licence, contributors, measurements, and where each payment can be followed. Knows no files.</summary>
public sealed record ModelCard
{
    public required string Name { get; init; }

    public string Summary { get; init; } = "";

    public required string Base { get; init; }

    public required string BaseHash { get; init; }

    /// <summary>As the base's makers wrote it.</summary>
    public required string Licence { get; init; }

    public required string WeightsHash { get; init; }

    /// <summary>The adapter's manifest, by hash; null where it has none.</summary>
    public string? ManifestId { get; init; }

    /// <summary>Where every coin of its answers can be followed.</summary>
    public required string AttributionLink { get; init; }

    public IReadOnlyList<CardData> Data { get; init; } = [];

    public IReadOnlyList<CardContributor> Contributors { get; init; } = [];

    /// <summary>Name to value, as text.</summary>
    public IReadOnlyDictionary<string, string> Evaluation { get; init; } = new Dictionary<string, string>();

    /// <summary>The card as a README.md with the front matter that hubs read.</summary>
    public string Write(ExportFormat format, SelfTestResult test)
    {
        StringBuilder card = new();
        card.Append("---\n").Append(CultureInfo.InvariantCulture, $"license: {Quoted(Licence.ToLowerInvariant())}\nbase_model: {Quoted(Base)}\n");
        card.Append(format switch { ExportFormat.Adapter => "library_name: peft\n", ExportFormat.Safetensors => "library_name: transformers\n", _ => "library_name: gguf\n" });
        card.Append("tags:\n- openledger\n---\n\n");
        card.Append(CultureInfo.InvariantCulture, $"# {Line(Name)}\n\n{Line(Summary)}\n\n");
        Facts(card, format);
        Rows(card);
        if (Evaluation.Count > 0)
        {
            card.Append("## Measured\n\n| what | value |\n| --- | --- |\n");
            foreach ((string what, string value) in Evaluation) card.Append(CultureInfo.InvariantCulture, $"| {Cell(what)} | {Cell(value)} |\n");
            card.Append('\n');
        }
        card.Append(CultureInfo.InvariantCulture, $"## Tested after writing\n\n{test.Words}\n\n");
        card.Append(CultureInfo.InvariantCulture, $"## Who is paid\n\nAnswers of the Studio pay the people above: {AttributionLink}. Answers of this copy are not counted anywhere.\n");
        return card.ToString();
    }

    private void Facts(StringBuilder card, ExportFormat format)
    {
        card.Append("| | |\n| --- | --- |\n");
        card.Append(CultureInfo.InvariantCulture, $"| form | {format.Word()} |\n| base | {Cell(Base)}, SHA-256 `{BaseHash}` |\n| licence | {Cell(Licence)} |\n| adapter weights | SHA-256 `{WeightsHash}` |\n");
        if (ManifestId is not null) card.Append(CultureInfo.InvariantCulture, $"| manifest | `{ManifestId}` |\n");
        card.Append('\n');
    }

    private void Rows(StringBuilder card)
    {
        card.Append("## Data\n\n");
        if (Data.Count == 0) card.Append("No Datanet is recorded.\n");
        foreach (CardData data in Data) card.Append(CultureInfo.InvariantCulture, $"- {Line(data.Name)}, version {data.Version}: {data.Rows} rows, {Line(data.Licence)}, Merkle root `{data.Root}`\n");
        card.Append("\n## Contributors\n\n");
        if (Contributors.Count == 0) card.Append("None are recorded.\n");
        foreach (CardContributor one in Contributors) card.Append(CultureInfo.InvariantCulture, $"- `{one.Address}`: {one.Rows} rows\n");
        card.Append('\n');
    }

    // JSON's quoting is YAML's too.
    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    // What people typed cannot begin a heading, a table or another line.
    private static string Line(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Trim();

    private static string Cell(string text) => Line(text);
}
