namespace OpenLedger.Studio.Storage.Files;

/// <summary>A second process wants a data folder that another one holds.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner)
    : Exception($"The data folder '{folder}' is already used by another Studio. Stop that one, or give this one its own folder with --Studio:Data=PATH.", inner)
{
    public string Folder { get; } = folder;
}
