using System.Text.RegularExpressions;

namespace OpenLedger.Studio.Storage.Files;

/// <summary>Where everything lies under the one data folder, held by one process at a time. Knows nothing of what the files say.</summary>
public sealed partial class StudioFolders : IDisposable
{
    private readonly FileStream _lock;

    private StudioFolders(string root, FileStream held)
    {
        Root = root;
        _lock = held;
    }

    /// <summary>The data folder (configuration <c>Studio:Data</c>), absolute.</summary>
    public string Root { get; }

    public string CatalogueFile => Path.Combine(Root, "catalogue.db");

    public string LedgerFile => Path.Combine(Root, "ledger.db");

    /// <summary>Files as they came in, until they become a Datanet version.</summary>
    public string Uploads => Made("uploads");

    /// <summary>The development chain's state and the contracts' addresses.</summary>
    public string Chain => Made("chain");

    /// <summary>The node's own signing keys. Readable by its owner only.</summary>
    public string Keys => MadePrivate("keys");

    /// <summary>One folder a finished adapter, named by its weights' hash.</summary>
    public string Adapters => Made("adapters");

    /// <summary>What is on its way to become a base model: on the same disk, so that the last step is a rename.</summary>
    public string Arrivals => Made("models", ".arriving");

    /// <summary>Takes the folder for this process and makes it where it is missing.</summary>
    /// <exception cref="DataFolderInUseException">Another process holds it.</exception>
    public static StudioFolders Open(string root)
    {
        string full = Path.GetFullPath(root);
        Directory.CreateDirectory(full);
        try
        {
            // Held until the process ends, however it ends: the kernel drops the lock with the handle.
            return new(full, new FileStream(Path.Combine(full, "studio.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held)
        {
            throw new DataFolderInUseException(full, held);
        }
    }

    /// <summary>One uploaded file.</summary>
    public string Upload(string id) => Path.Combine(Uploads, Safe(id));

    /// <summary>The working folder of a Datanet: its versions and indexes.</summary>
    public string Datanet(string id) => Made("datanets", Safe(id));

    /// <summary>A published version: <c>rows.jsonl</c> and what is built from it.</summary>
    public string DatanetVersion(string id, int number) => Made("datanets", Safe(id), number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The rows of a version, one JSON object a line.</summary>
    public string DatanetRows(string id, int number) => Path.Combine(DatanetVersion(id, number), "rows.jsonl");

    /// <summary>The working folder of a training run: checkpoints, logs, curves.</summary>
    public string Run(string id) => Made("runs", Safe(id));

    /// <summary>The folder of one adapter.</summary>
    public string Adapter(string hash) => Made("adapters", Safe(hash));

    /// <summary>The folder of one imported base, named by its weights' hash.</summary>
    public string Model(string hash) => Path.Combine(Made("models"), Safe(hash));

    /// <summary>The folder of one model on its way in.</summary>
    public string Arrival(string id) => Path.Combine(Arrivals, Safe(id));

    /// <summary>The folder of one export; it is there only once the export passed its self-test.</summary>
    public string Export(string id) => Path.Combine(Made("exports"), Safe(id));

    public void Dispose() => _lock.Dispose();

    // Names become paths only here: letters, digits, dash and underscore, so none can leave the folder.
    private static string Safe(string name) =>
        SafeName().IsMatch(name) ? name : throw new ArgumentException($"'{name}' cannot name a folder: letters, digits, '-' and '_' only, 1 to 128 of them", nameof(name));

    private string Made(params ReadOnlySpan<string> parts)
    {
        string path = parts.ToArray().Aggregate(Root, Path.Combine);
        Directory.CreateDirectory(path);
        return path;
    }

    private string MadePrivate(string name)
    {
        string path = Path.Combine(Root, name);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex SafeName();
}
