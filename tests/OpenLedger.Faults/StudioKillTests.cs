using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Faults;

/// <summary>Kills the whole Studio, model and chain included, and looks for every upload, receipt and claim that it acknowledged.</summary>
/// <remarks>25 kills; the variable CRASH_KILLS asks for another number.</remarks>
public sealed class StudioKillTests : IDisposable
{
    private const int Seed = 20261126;

    private readonly string _folder = Directory.CreateTempSubdirectory("killed-studio").FullName;

    public void Dispose()
    {
        EndChain();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task No_upload_receipt_or_claim_is_lost_however_often_the_Studio_is_killed()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("CRASH_KILLS"), out int asked) ? asked : 25;
        Random moments = new(Seed);
        List<string> acknowledged = [];
        for (int kill = 0; kill < kills; kill++)
        {
            acknowledged.AddRange(KilledProcess.SaidBefore(StudioLife.Role, _folder, lines: moments.Next(1, 16)).Where(line => !line.StartsWith("phase", StringComparison.Ordinal)));
            await using CrashStores stores = CrashStores.Open(Path.Combine(_folder, "data"));
            Assert.Empty(await MissingAsync(stores, acknowledged));
            Assert.Empty(await new CheckLedger(stores.Reader).FaultsAsync(default));
        }

        Assert.All(new[] { "upload", "receipt", "claim" }, kind => Assert.Contains(acknowledged, act => act.StartsWith(kind, StringComparison.Ordinal)));
    }

    private static async Task<List<string>> MissingAsync(CrashStores stores, List<string> acknowledged)
    {
        HashSet<string> receipts = [.. await stores.Reader.ReadAsync(db => db.Receipts.Select(receipt => receipt.Id).ToListAsync())];
        List<ClaimRow> claims = await stores.Reader.ReadAsync(db => db.Claims.ToListAsync());
        UploadShelf shelf = new(stores.Folders);
        return
        [
            .. acknowledged.Where(act => act.Split(' ', '/') switch
            {
                ["datanet", string id] => stores.Catalogue.Read(c => c.Datanets.Get(id)) is null,
                ["upload", string id, string name] => shelf.Find(id) is null || File.ReadAllText(shelf.FileOf(id)) != StudioLife.Rows(name),
                ["receipt", string id] => !receipts.Contains(id),
                ["claim", string transaction, string amount] => !claims.Any(claim => claim.Transaction == transaction && claim.Amount == Wei.Parse(amount)),
                _ => true,
            }),
        ];
    }

    // The chain outlives the killed Studio, and the next one takes it over; nobody takes over after the last.
    private void EndChain()
    {
        string note = Path.Combine(_folder, "data", "chain", "anvil.json");
        if (!File.Exists(note)) return;
        using JsonDocument about = JsonDocument.Parse(File.ReadAllText(note));
        int id = about.RootElement.GetProperty("Pid").GetInt32();
        foreach (Process chain in Process.GetProcessesByName("anvil").Where(process => process.Id == id))
        {
            chain.Kill();
            chain.WaitForExit();
        }
    }
}
