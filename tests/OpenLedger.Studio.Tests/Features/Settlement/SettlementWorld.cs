using System.Numerics;
using Microsoft.Extensions.Time.Testing;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Tests.Storage.Ledger;

namespace OpenLedger.Studio.Tests.Features.Settlement;

/// <summary>A real ledger with real balances, and calls to charge to them.</summary>
internal sealed class SettlementWorld : IDisposable
{
    public static readonly Address Treasury = Address.Parse("0x0000000000000000000000000000000000000001");
    public static readonly Address Developer = Address.Parse("0x0000000000000000000000000000000000000002");
    public static readonly Address[] Contributors = [.. Enumerable.Range(16, 5).Select(i => Address.Parse($"0x{i:x40}"))];
    public static readonly Address[] Payers = [.. Enumerable.Range(32, 3).Select(i => Address.Parse($"0x{i:x40}"))];
    public static readonly SharePolicy Policy = new() { Treasury = Treasury.Key };

    private readonly TemporaryFolder _folder = new();
    private readonly TestLedger _ledger;
    private readonly NodeKey _key;
    private readonly CatalogueFile _file;

    public SettlementWorld(SettlementOptions? options = null)
    {
        Options = options ?? new SettlementOptions();
        _ledger = TestLedger.OnFile(_folder.File("ledger.db"));
        _key = NodeKey.OpenOrCreate(_folder.File("node.pem"));
        Log = new RecordLog(_key, Time);
        ReadLog = new ReadRecordLog(_ledger.Reader, _key);
        Balances = new Balances(_ledger.Writer, _ledger.Reader, Options, Time);
        Charge = new ChargeCall(_ledger.Writer, Log);
        Check = new CheckLedger(_ledger.Reader);
        _file = new CatalogueFile(_folder.File("catalogue.db"));
        Catalogue = new Catalogue(_file);
    }

    public SettlementOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public LedgerReader Reader => _ledger.Reader;

    public LedgerWriter Writer => _ledger.Writer;

    public RecordLog Log { get; }

    public ReadRecordLog ReadLog { get; }

    public Balances Balances { get; }

    public ChargeCall Charge { get; }

    public CheckLedger Check { get; }

    public Catalogue Catalogue { get; }

    public string NewFolder(string name) => _folder.File(name);

    /// <summary>A call that two contributors' passages answered.</summary>
    public ChargedCall Call(string id, string payer, BigInteger fee, string? hold = null, int seed = 0, Address? second = null)
    {
        long now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        string receipt = CanonicalJson.Serialize(new { id, fee = fee.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        Sha256Hash receiptId = Sha256Hash.Of(System.Text.Encoding.UTF8.GetBytes(receipt));
        string first = $"d1/{seed % 3}";
        string other = $"d1/{3 + (seed % 2)}";
        CallEvidence evidence = new(
            [new ServedModel("m1", BigInteger.One, Developer.Key, [])],
            [new ScoredRow(first, Contributors[seed % 3].Key, RawScore.FromInteger(1 + (seed % 7))), new ScoredRow(other, (second ?? Contributors[3 + (seed % 2)]).Key, RawScore.FromInteger(3))],
            []);
        BigInteger platform = fee / 10;
        CallFee parts = new(BigInteger.Zero, fee - platform, platform);
        FeeSplit split = new SplitFee(Policy).Of(parts, evidence);
        return new ChargedCall
        {
            Receipt = receipt,
            ReceiptId = receiptId,
            Split = split,
            Attribution = AttributionRecord.Of(receiptId, split, evidence, Policy, [], new Dictionary<string, Sha256Hash>(), now),
            Payer = payer,
            Asker = payer,
            HoldId = hold,
            ModelId = "m1",
            TokensIn = 1,
            TokensOut = 1,
            Rows = new Dictionary<string, RowOrigin>
            {
                [first] = new("d1", Sha256Hash.Of([(byte)(seed % 3)]), $"Question {seed % 3}"),
                [other] = new("d1", Sha256Hash.Of([(byte)(3 + (seed % 2))]), $"Question {3 + (seed % 2)}"),
            },
            Time = now,
        };
    }

    public void Dispose()
    {
        _file.Dispose();
        _key.Dispose();
        _ledger.Dispose();
        _folder.Dispose();
    }
}
