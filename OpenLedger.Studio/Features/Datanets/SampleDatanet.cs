namespace OpenLedger.Studio.Features.Datanets;

/// <summary>What the sample Datanet's <c>datanet.json</c> says.</summary>
/// <param name="Attribution">Who made the collection, and where it is.</param>
public sealed record SampleDatanet(string Id, string Name, string Summary, string Description, IReadOnlyList<string> Tags, string Licence, string Attribution, IReadOnlyList<SampleSource> Contributors);

/// <summary>One source of the sample: its short name as rows give it, its full name, its page.</summary>
public sealed record SampleSource(string Source, string Name, string Url);

/// <summary>A line of the sample's <c>rows.jsonl</c>.</summary>
public sealed record SampleRow(string Id, string Question, string Answer, string Source, string Url);
