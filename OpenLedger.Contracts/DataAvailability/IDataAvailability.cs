namespace OpenLedger.Contracts.DataAvailability;

/// <summary>Where records are put so that anyone can fetch them again. Knows nothing of what they say.</summary>
public interface IDataAvailability
{
    /// <summary>What the page says it is: a stand-in never passes for a network.</summary>
    string Label { get; }

    Task<PutResult> PutAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel);

    Task<GetResult> GetAsync(DataCommitment commitment, CancellationToken cancel);
}
