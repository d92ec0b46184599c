using System.Buffers.Binary;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>What every document of the catalogue has: an id of ours, never a path.</summary>
public abstract record CatalogueDocument
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32

    public required string Id { get; init; }

    /// <summary>A new id of 26 letters and digits that sorts by the time it was made (UUID version 7).</summary>
    public static string NewId(TimeProvider time)
    {
        UInt128 bits = BinaryPrimitives.ReadUInt128BigEndian(Guid.CreateVersion7(time.GetUtcNow()).ToByteArray(bigEndian: true));
        return string.Create(26, bits, static (text, left) =>
        {
            for (int place = text.Length - 1; place >= 0; place--, left >>= 5) text[place] = Alphabet[(int)(left & 31)];
        });
    }
}
