namespace OpenLedger.Studio.Features.Models;

/// <summary>What was asked to be brought in, and from where. Kept as the job's input, so that it goes on after a restart.</summary>
/// <param name="Source">The kind of place.</param>
/// <param name="From">The repository, or the path on this machine; nothing for an upload.</param>
/// <param name="Revision">The commit on the hub that was shown before the start; null elsewhere.</param>
/// <param name="Gguf">The GGUF file that was chosen; null for safetensors.</param>
/// <param name="Name">What it will be called here.</param>
/// <param name="Licence">As its makers name it.</param>
/// <param name="Arrival">The folder where it is gathered.</param>
public sealed record ImportInput(ImportSource Source, string From, string? Revision, string? Gguf, string Name, string Licence, string Arrival);

/// <summary>The kinds of place a model comes from.</summary>
public enum ImportSource
{
    /// <summary>A public hub: the only one that is outside.</summary>
    Hub,

    /// <summary>Files from a browser.</summary>
    Upload,

    /// <summary>A folder of this machine.</summary>
    Server,
}

/// <summary>What an import made, as its job keeps it.</summary>
public sealed record ImportedModel(string ModelId);
