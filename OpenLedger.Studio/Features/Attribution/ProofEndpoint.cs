using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Hands out what a stranger needs to check an answer's coins without this Studio: records, signatures, inclusion proofs, the batch.</summary>
public static class ProofEndpoint
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<Results<FileContentHttpResult, NotFound>> SendAsync(string id, HttpContext http, ReadTrace read, ReadRecordLog log, CancellationToken cancel)
    {
        if (await read.OfAsync(id, Person.From(http.User), cancel) is not AnswerTrace trace) return TypedResults.NotFound();
        LoggedRecord? receipt = await log.ProveAsync(Sha256Hash.Parse(trace.Row.Id), cancel), attribution = await log.ProveAsync(Sha256Hash.Parse(trace.Row.AttributionId), cancel);
        Proof proof = new(receipt, attribution, [.. trace.Strands.Select(RowOf)], trace.Batch);
        return TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(proof, Indented), "application/json", $"proof-{trace.Row.Id[..12]}.json");
    }

    private static ProofRow RowOf(Strand strand) => new(strand.Id, strand.Leaf, strand.Version?.Root.Hex, strand.Registered?.Key, strand.Contributor.Checksum, strand.Amount.ToString());

    private sealed record Proof(LoggedRecord? Receipt, LoggedRecord? Attribution, IReadOnlyList<ProofRow> Rows, PayoutBatchRow? Batch);

    private sealed record ProofRow(string Id, string? Leaf, string? DatasetRoot, string? Transaction, string Contributor, string Wei);
}
