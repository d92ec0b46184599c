using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Engine.Records;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>A file that somebody brought, with everything they have decided about it. Nothing of it is in a Datanet yet.</summary>
/// <param name="Mapping">What its columns are used as.</param>
/// <param name="Certain">Whether the columns' names said so, or it was guessed from what stands in them.</param>
/// <param name="Mends">Decisions about rows, in order.</param>
public sealed record Upload(
    string Id, string DatanetId, Address Owner, string FileName, long Bytes, Sha256Hash FileHash, long Created,
    SourceChoices Choices, ColumnMapping Mapping, bool Certain, IReadOnlyList<RowMend> Mends);
