using OpenLedger.Contracts.DataAvailability;

namespace OpenLedger.Studio.Tests.Features.Settlement;

/// <summary>Keeps what it is given, or says what the test wants said.</summary>
internal sealed class FakeDataAvailability : IDataAvailability
{
    public string Label => "a test's";

    public PutResult? Answer { get; set; }

    public List<byte[]> Payloads { get; } = [];

    public Task<PutResult> PutAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Answer is PutResult wanted) return Task.FromResult(wanted);
        Payloads.Add(payload.ToArray());
        return Task.FromResult<PutResult>(new PutResult.Stored(DataCommitment.FromBytes([0x01, (byte)Payloads.Count])));
    }

    public Task<GetResult> GetAsync(DataCommitment commitment, CancellationToken cancel) => Task.FromResult<GetResult>(new GetResult.Found(Payloads[commitment.ToBytes()[1] - 1]));
}
