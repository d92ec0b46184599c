using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>An upload as its page shows it: how the file is read, and what came of its rows.</summary>
/// <param name="Report">None while the columns' roles have faults.</param>
public sealed record UploadView(Upload Upload, SourceFile File, IngestReport? Report);
