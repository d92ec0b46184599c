using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenLedger.Engine.Training;

/// <summary>Rows to learn from and rows kept out to measure on, told apart by a seeded hash of their ids, not by their place.</summary>
public sealed record RowSplit(IReadOnlyList<EncodedRow> Training, IReadOnlyList<EncodedRow> HeldOut)
{
    /// <summary>Keeps <paramref name="share"/> of the rows out (at least one where there are two), whatever order they come in.</summary>
    public static RowSplit Of(IReadOnlyList<EncodedRow> rows, double share, long seed)
    {
        // By id: the pieces of a long text go together, or a part of it would be learned and another measured on.
        List<string> ids = [.. rows.Select(row => row.Id).Distinct()];
        int heldOut = share > 0 && ids.Count > 1 ? Math.Clamp((int)Math.Round(share * ids.Count), 1, ids.Count - 1) : 0;
        HashSet<string> kept = [.. ids.OrderBy(id => Lot(id, seed)).ThenBy(id => id, StringComparer.Ordinal).Take(heldOut)];
        return new([.. rows.Where(row => !kept.Contains(row.Id))], [.. rows.Where(row => kept.Contains(row.Id))]);
    }

    private static ulong Lot(string id, long seed) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{id}"))));
}
