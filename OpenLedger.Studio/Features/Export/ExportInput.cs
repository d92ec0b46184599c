using OpenLedger.Engine.Export;

namespace OpenLedger.Studio.Features.Export;

/// <summary>What a person asked to take away. Kept as the job's input.</summary>
/// <param name="ModelId">The adapter's model document.</param>
/// <param name="Site">Where this Studio is reached, for the card's link: <c>https://studio.example/</c>.</param>
/// <param name="Asked">Unix milliseconds: tells one wish for the same from another.</param>
public sealed record ExportInput(string ModelId, ExportFormat Format, string Site, long Asked);

/// <summary>A finished export's output.</summary>
public sealed record ExportedModel(IReadOnlyList<ExportedFile> Files, SelfTestResult Test);

/// <summary>One file to take away.</summary>
/// <param name="Size">Bytes.</param>
public sealed record ExportedFile(string Name, long Size);
