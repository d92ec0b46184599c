using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>A model one can talk to: a base, or an adapter over one. The weights lie in files, named by hash.</summary>
public sealed record ModelDocument : CatalogueDocument
{
    public required ModelKind Kind { get; init; }

    public required string Name { get; init; }

    public string Summary { get; init; } = "";

    /// <summary>What it was made from, as its makers call it: "SmolLM2".</summary>
    public required string Family { get; init; }

    /// <summary>A file (GGUF) or a folder (safetensors). Relative to the data folder, or absolute where it is shipped.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    public required Sha256Hash Hash { get; init; }

    public required string Licence { get; init; }

    /// <summary>What whoever published it answers for; null where every licence is known.</summary>
    public LicenceWord? LicenceWord { get; init; }

    /// <summary>The signed manifest's JSON, as written.</summary>
    public string? Manifest { get; init; }

    /// <summary>None for a base that nobody here made.</summary>
    public Address? Owner { get; init; }

    public required ModelState State { get; init; }

    /// <summary>The base under an adapter.</summary>
    public string? BaseId { get; init; }

    public IReadOnlyList<string> DatanetIds { get; init; } = [];

    /// <summary>Roots of the versions it was trained on.</summary>
    public IReadOnlyList<Sha256Hash> DatasetRoots { get; init; } = [];

    /// <summary>Ids of the version documents it was trained on.</summary>
    public IReadOnlyList<string> DatanetVersionIds { get; init; } = [];

    /// <summary>The training run that made it.</summary>
    public string? RunId { get; init; }

    /// <summary>Models that it was combined from, in the order of its manifest's parents; empty for a trained one.</summary>
    public IReadOnlyList<string> ParentIds { get; init; } = [];

    /// <summary>Wei for 1,000 tokens of prompt.</summary>
    public Wei RateIn { get; init; }

    /// <summary>Wei for 1,000 tokens of answer.</summary>
    public Wei RateOut { get; init; }

    /// <summary>What was measured on the held-out split: name to value.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Trained to answer from passages; only such a model is asked to.</summary>
    public bool Grounded { get; init; }

    public long Parameters { get; init; }

    /// <summary>Longest context, in tokens; 0 where nobody has read it.</summary>
    public int Context { get; init; }

    /// <summary>Where an imported base came from; null for what is shipped or was trained here.</summary>
    public ModelOrigin? Origin { get; init; }

    /// <summary>What it showed when it was tried on this machine; null where it was not.</summary>
    public ModelCheck? Check { get; init; }

    /// <summary>Why its last trial on this machine failed, in a sentence; null where it passed or none was made.</summary>
    public string? TrialProblem { get; init; }

    /// <summary>Bytes on disk.</summary>
    public long Size { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Created { get; init; }
}

public enum ModelKind
{
    Base,
    Adapter,

    /// <summary>An adapter as it stood at a moment of its training: its owner's alone to talk to, never published.</summary>
    Moment,
}

/// <summary>Where a model stands. <c>Private -> Published -> Withdrawn</c>.</summary>
public enum ModelState
{
    Private,
    Published,
    Withdrawn,
}
