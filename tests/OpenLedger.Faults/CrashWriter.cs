using System.Numerics;
using System.Text;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Faults;

/// <summary>The process that is killed: it uploads, documents, deposits and charges without end, and says each act once it is acknowledged.</summary>
internal static class CrashWriter
{
    /// <summary>The variable that makes this program the writer; it names the data folder.</summary>
    public const string Role = "CRASH_WRITER";

    private static readonly Address Payer = Address.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly SharePolicy Policy = new() { Treasury = "0x00000000000000000000000000000000000000b2" };

    public static string UploadText(string id) => string.Concat(Enumerable.Repeat($"row of {id}\n", 200));

    /// <summary>Writes without end.</summary>
    public static async Task WriteAsync(string folder)
    {
        await using CrashStores stores = CrashStores.Open(folder);
        while (true)
        {
            string id = Guid.NewGuid().ToString("N");
            AtomicFile.Write(stores.Folders.Upload(id), stream => stream.Write(Encoding.UTF8.GetBytes(UploadText(id))));
            Acknowledged.Say("upload", id);
            stores.Catalogue.Write(c => c.Settings.Put(new SettingDocument { Id = id, Value = UploadText(id), Updated = 1 }));
            Acknowledged.Say("document", id);
            ChargedCall call = CallOf(id);
            await stores.Writer.WriteAsync(db => BookEntry.Book(db, $"deposit/{id}", Accounts.Chain, Payer.Key, new Wei(call.Split.Fee.Total), EntryKind.Deposit, id, 1), default);
            Acknowledged.Say("deposit", id);
            await stores.Charge.ChargeAsync(call, default);
            Acknowledged.Say("receipt", call.ReceiptId.Hex);
        }
    }

    private static ChargedCall CallOf(string id)
    {
        string receipt = CanonicalJson.Serialize(new Dictionary<string, string> { ["id"] = id });
        Sha256Hash hash = Sha256Hash.Of(Encoding.UTF8.GetBytes(receipt));
        CallEvidence evidence = new([], [], []);
        FeeSplit split = new SplitFee(Policy).Of(new CallFee(new BigInteger(1_000), new BigInteger(3_000), new BigInteger(7)), evidence);
        AttributionRecord attribution = AttributionRecord.Of(hash, split, evidence, Policy, [], new Dictionary<string, Sha256Hash>(), 1);
        return new ChargedCall
        {
            Receipt = receipt,
            ReceiptId = hash,
            Attribution = attribution,
            Split = split,
            Payer = Payer.Key,
            Asker = Payer.Key,
            ModelId = "model",
            TokensIn = 1,
            TokensOut = 1,
            Time = 1,
        };
    }
}
