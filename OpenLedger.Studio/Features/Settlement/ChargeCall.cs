using System.Text;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Books one answered call in one write: log, receipt, payment, shares. All of it, once, to the wei. Knows nothing of how scores were measured.</summary>
public sealed class ChargeCall(LedgerWriter ledger, RecordLog log)
{
    /// <returns>The receipt's row; the first one where the call was charged before.</returns>
    /// <exception cref="UnsoundCallException">The records do not fit each other: nothing is booked.</exception>
    /// <exception cref="OverdrawnException">Nothing was set aside, and the payer has too little.</exception>
    public Task<ReceiptRow> ChargeAsync(ChargedCall call, CancellationToken cancel)
    {
        RequireSound(call);
        return ledger.WriteAsync(db => db.Receipts.Find(call.ReceiptId.Hex) ?? Charge(db, call), cancel);
    }

    private ReceiptRow Charge(LedgerContext db, ChargedCall call)
    {
        long sequence = log.AppendText(db, "receipt", Encoding.UTF8.GetBytes(call.Receipt)).Sequence;
        log.Append(db, "attribution", call.Attribution);
        string payer = Pay(db, call);
        ReceiptRow receipt = Receipt(call, payer, sequence);
        db.Receipts.Add(receipt);
        db.Shares.AddRange(call.Split.Parts.Select((part, ordinal) => Share(call, part, ordinal)));
        return receipt;
    }

    private static string Pay(LedgerContext db, ChargedCall call)
    {
        Wei fee = new(call.Split.Fee.Total);
        string key = $"call/{call.ReceiptId.Hex}";
        if (call.HoldId is not string id || Balances.OpenHold(db, id) is not BalanceEntryRow hold)
        {
            BookEntry.Book(db, key, call.Payer, Accounts.Owed, fee, EntryKind.Call, call.ReceiptId.Hex, call.Time);
            return call.Payer;
        }

        Wei within = fee < hold.Amount ? fee : hold.Amount;
        BookEntry.Book(db, key, Accounts.Held, Accounts.Owed, within, EntryKind.Call, call.ReceiptId.Hex, call.Time);
        Balances.GiveBack(db, id, call.Time, within);
        if (fee > within) BookEntry.Book(db, $"{key}/more", hold.From, Accounts.Owed, fee - within, EntryKind.Call, call.ReceiptId.Hex, call.Time);
        return hold.From;
    }

    private static ReceiptRow Receipt(ChargedCall call, string payer, long sequence) => new()
    {
        Id = call.ReceiptId.Hex,
        Payer = payer,
        Asker = call.Asker,
        ModelId = call.ModelId,
        ChatId = call.ChatId,
        MessageId = call.MessageId,
        TokensIn = call.TokensIn,
        TokensOut = call.TokensOut,
        Fee = new Wei(call.Split.Fee.Total),
        PlatformFee = new Wei(call.Split.Fee.Platform),
        Json = call.Receipt,
        Attribution = CanonicalJson.Serialize(call.Attribution),
        AttributionId = call.Attribution.Id.Hex,
        LogSequence = sequence,
        Time = call.Time,
    };

    private static ShareRow Share(ChargedCall call, FeePart part, int ordinal)
    {
        RowOrigin? origin = part.Row is null ? null : call.Rows.GetValueOrDefault(part.Row);
        return new ShareRow
        {
            ReceiptId = call.ReceiptId.Hex,
            Ordinal = ordinal,
            Beneficiary = Address.Parse(part.Beneficiary),
            Reason = part.Reason,
            Amount = new Wei(part.Amount),
            ModelId = part.Model ?? call.ModelId,
            DatanetId = origin?.DatanetId,
            RowId = part.Row,
            RowLeaf = origin?.Leaf.Hex,
            RowLabel = origin?.Label,
            Day = Day.Of(call.Time),
            Time = call.Time,
        };
    }

    private static void RequireSound(ChargedCall call)
    {
        if (Sha256Hash.Of(Encoding.UTF8.GetBytes(call.Receipt)) != call.ReceiptId) throw new UnsoundCallException(call.ReceiptId, "its bytes have another hash");
        if (call.Attribution.Parent != call.ReceiptId) throw new UnsoundCallException(call.ReceiptId, $"the attribution record belongs to {call.Attribution.Parent}");
        if (call.Attribution.Fee != call.Split.Fee.Total || !call.Attribution.SharesSum) throw new UnsoundCallException(call.ReceiptId, "the attribution record's payments are not the fee");
        if (FeeSplit.Sum(call.Split.Parts) != call.Split.Fee.Total) throw new UnsoundCallException(call.ReceiptId, "its parts do not sum to the fee");
    }
}

/// <summary>The records of a call contradict each other.</summary>
public sealed class UnsoundCallException(Sha256Hash receipt, string what) : Exception($"receipt {receipt} cannot be charged: {what}");
