using Microsoft.EntityFrameworkCore;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Faults;

/// <summary>Kills a writing process at seeded moments, opens its data folder again and looks for everything it acknowledged.</summary>
/// <remarks>25 kills at the gate; the variable CRASH_KILLS asks for more: <c>CRASH_KILLS=500 dotnet test -c Release --project tests/OpenLedger.Faults</c>.</remarks>
public sealed class KillNineTests : IDisposable
{
    private const int Seed = 20261126;

    private readonly string _folder = Directory.CreateTempSubdirectory("crash").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_no_wei_is_astray_however_often_the_process_is_killed()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("CRASH_KILLS"), out int asked) ? asked : 25;
        Random moments = new(Seed);
        List<string> acknowledged = [];
        for (int kill = 0; kill < kills; kill++)
        {
            acknowledged.AddRange(KilledProcess.SaidBefore(CrashWriter.Role, _folder, lines: moments.Next(1, 60)));
            await using CrashStores stores = CrashStores.Open(_folder);
            Assert.Empty(await MissingAsync(stores, acknowledged));
            Assert.Empty(await new CheckLedger(stores.Reader).FaultsAsync(default));
            Assert.Empty(await TornLogAsync(stores));
        }

        Assert.True(acknowledged.Count > kills, $"only {acknowledged.Count} acts in {kills} lives: the writer hardly wrote");
    }

    private static async Task<List<string>> MissingAsync(CrashStores stores, List<string> acknowledged)
    {
        HashSet<string> receipts = [.. await stores.Reader.ReadAsync(db => db.Receipts.Select(receipt => receipt.Id).ToListAsync())];
        HashSet<string> deposits = [.. await stores.Reader.ReadAsync(db => db.BalanceEntries.Select(entry => entry.Key).ToListAsync())];
        return
        [
            .. acknowledged.Where(act => act.Split(' ') switch
            {
                ["upload", string id] => !File.Exists(stores.Folders.Upload(id)) || File.ReadAllText(stores.Folders.Upload(id)) != CrashWriter.UploadText(id),
                ["document", string id] => stores.Catalogue.Read(c => c.Settings.Get(id))?.Value != CrashWriter.UploadText(id),
                ["deposit", string id] => !deposits.Contains($"deposit/{id}"),
                ["receipt", string id] => !receipts.Contains(id),
                _ => true,
            }),
        ];
    }

    private static async Task<List<string>> TornLogAsync(CrashStores stores)
    {
        List<long> sequences = await stores.Reader.ReadAsync(db => db.Log.OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync());
        string? last = await stores.Reader.ReadAsync(db => db.Log.OrderByDescending(row => row.Sequence).Select(row => row.Hash).FirstOrDefaultAsync());
        List<string> faults = sequences.Select((sequence, i) => (sequence, i)).Where(one => one.sequence != one.i).Select(one => $"entry {one.i} is numbered {one.sequence}").ToList();
        if (last is not null && await stores.Log.ProveAsync(Sha256Hash.Parse(last), default) is not { HashFits: true, SignatureFits: true, IsIncluded: true }) faults.Add("the last entry does not prove");
        return faults;
    }
}
