using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.DataAvailability;

/// <summary>A folder that stands in for a data availability network: data by its Keccak-256, as EigenDA's op-keccak mode addresses it. Proves nothing to anyone else, and its label says so.</summary>
/// <param name="folder">One file a payload, named by its hash.</param>
public sealed class MemstoreStandIn(string folder) : IDataAvailability
{
    private const byte KeccakCommitment = 0x00;   // OP Stack alt-DA: commitment type 0, a Keccak-256 of the data

    public string Label => "memstore stand-in";

    public async Task<PutResult> PutAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if (payload.IsEmpty) return new PutResult.Refused(400, "there is nothing to put");
        if (payload.Length > EigenDaClient.DefaultMaxPayloadBytes) return new PutResult.TooLarge(payload.Length, EigenDaClient.DefaultMaxPayloadBytes);
        Hash32 hash = Hash32.KeccakOf(payload.Span);
        string path = PathOf(hash);
        if (!File.Exists(path)) await WriteWholeAsync(path, payload, cancel);
        return new PutResult.Stored(DataCommitment.FromBytes([KeccakCommitment, .. hash.ToBytes()]));
    }

    public async Task<GetResult> GetAsync(DataCommitment commitment, CancellationToken cancel)
    {
        if (commitment.ToBytes() is not [KeccakCommitment, .. { Length: 32 } digest]) return new GetResult.Refused(400, "the stand-in knows Keccak commitments alone");
        Hash32 hash = Hash32.FromBytes(digest);
        if (!File.Exists(PathOf(hash))) return new GetResult.Refused(404, "no such data here");
        byte[] payload = await File.ReadAllBytesAsync(PathOf(hash), cancel);
        return Hash32.KeccakOf(payload) == hash
            ? new GetResult.Found(payload)
            : new GetResult.CertificateInvalid(CertificateFault.BlobUndecodable, "the file's bytes no longer match their name");
    }

    private string PathOf(Hash32 hash) => Path.Combine(folder, hash.Key[2..]);

    private async Task WriteWholeAsync(string path, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        string part = $"{path}.{Guid.NewGuid():N}.part";
        await using (FileStream file = new(part, FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(payload, cancel);
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
    }
}
