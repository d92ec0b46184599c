using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Hub;

/// <summary>A file on its way: its bytes so far under another name, and beside them the ETag they were sent under. Knows no network.</summary>
internal sealed class PartFile(string folder, HubFile file)
{
    /// <summary>What a file on its way is called.</summary>
    public const string Ending = ".part";

    private readonly string _final = Path.Combine(folder, file.Name), _part = Path.Combine(folder, file.Name + Ending), _tag = Path.Combine(folder, file.Name + ".etag");

    public long Size { get; } = file.Size ?? throw new HubException(HubFault.WrongContent, $"The hub does not say how large '{file.Name}' is.");

    /// <summary>Whether it is here, whole and verified: only then has it its own name.</summary>
    public bool IsDone => File.Exists(_final) && new FileInfo(_final).Length == Size;

    /// <summary>Bytes that are here.</summary>
    public long Length => IsDone ? Size : File.Exists(_part) ? new FileInfo(_part).Length : 0;

    /// <summary>The strong ETag that the bytes came under; null where there was none.</summary>
    public EntityTagHeaderValue? Tag => File.Exists(_tag) && EntityTagHeaderValue.TryParse(File.ReadAllText(_tag), out EntityTagHeaderValue? tag) ? tag : null;

    /// <summary>Begins anew, under this tag.</summary>
    public void Begin(EntityTagHeaderValue? tag)
    {
        Discard();
        if (tag is { IsWeak: false }) File.WriteAllText(_tag, tag.ToString());
    }

    public FileStream Append() => new(_part, FileMode.Append, FileAccess.Write, FileShare.Read, 1 << 16, useAsync: true);

    public void Discard()
    {
        File.Delete(_part);
        File.Delete(_tag);
    }

    /// <summary>Compares with what the hub announced, and gives the file its own name.</summary>
    /// <exception cref="HubException">It is another file; nothing of it is kept.</exception>
    public async Task FinishAsync(CancellationToken cancel)
    {
        if (!File.Exists(_part)) await File.WriteAllBytesAsync(_part, [], cancel); // an empty file brings no bytes
        if (await DifferenceAsync(cancel) is string difference)
        {
            Discard();
            throw new HubException(HubFault.WrongContent, $"'{file.Name}' did not arrive as the hub announced it: {difference}. Nothing of it was kept; try again, and if it stays so, the file on the hub is damaged or was changed.");
        }
        using (FileStream whole = new(_part, FileMode.Open, FileAccess.ReadWrite)) whole.Flush(flushToDisk: true);
        File.Move(_part, _final, overwrite: true);
        File.Delete(_tag);
    }

    private async Task<string?> DifferenceAsync(CancellationToken cancel)
    {
        await using FileStream whole = new(_part, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
        if (whole.Length != Size) return $"it has {whole.Length} bytes in place of {Size}";
        if (file.Sha256 is { } announced)
            return await Sha256Hash.OfAsync(whole, cancel) is var found && found == announced ? null : $"its SHA-256 is {found}, announced was {announced}";
        return file.GitBlob is { Length: 40 } blob && await GitBlobAsync(whole, cancel) is var name && name != blob ? $"its Git hash is {name}, announced was {blob}" : null;
    }

    // git-hash-object(1). SHA-1 guards nothing here against an attacker; it tells a damaged file, and TLS is the guard.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Git names its objects so.")]
    private async Task<string> GitBlobAsync(FileStream whole, CancellationToken cancel)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {Size}\0")));
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = await whole.ReadAsync(buffer, cancel)) > 0;) hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
