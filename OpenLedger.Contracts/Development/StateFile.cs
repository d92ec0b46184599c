using System.Text.Json;

namespace OpenLedger.Contracts.Development;

/// <summary>Anvil's state on disk and a copy of the last whole one: anvil rewrites the file in place, so a kill can leave half of it. Knows nothing of its content.</summary>
internal sealed class StateFile(string path)
{
    public string Path => path;

    private string Copy => path + ".whole";

    /// <summary>Before anvil starts: a torn file is set aside and the last whole copy takes its place.</summary>
    public void Mend()
    {
        if (!File.Exists(path) || IsWhole(path)) return;
        File.Move(path, path + ".torn", overwrite: true);
        if (File.Exists(Copy)) File.Copy(Copy, path);
    }

    /// <summary>Copies the file if it is whole; if anvil was writing just then, the next time will do.</summary>
    public void KeepCopy()
    {
        if (!File.Exists(path)) return;
        string part = Copy + ".part";
        File.Copy(path, part, overwrite: true);
        if (IsWhole(part)) File.Move(part, Copy, overwrite: true);
    }

    private static bool IsWhole(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
