using System.Globalization;
using System.Numerics;
using System.Text;
using Nethereum.Signer;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Signing;

/// <summary>Recovers who signed a text (EIP-191, personal_sign), and accepts one writing of a signature only. Knows nothing of what the text says.</summary>
/// <remarks>Nethereum's own recovery accepts high s, v 31 and 32, no 0x and bytes behind the end, and throws six kinds of exception: nothing odd reaches it from here.</remarks>
public static class StrictSignature
{
    private const int TextLength = 132;   // 0x, 32 bytes r, 32 bytes s, 1 byte v

    // SEC 2, section 2.4.1: the order of secp256k1.
    private static readonly BigInteger Order = BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    private static readonly BigInteger HalfOrder = Order / 2;

    /// <param name="text">What was signed, as the wallet saw it.</param>
    /// <param name="signature">0x and 130 hex digits: r, s, v.</param>
    /// <returns>The signer, or null for a signature that is malformed, high in s (EIP-2), or of no point on the curve.</returns>
    public static Address? Recover(string text, string? signature)
    {
        if (!TryRead(signature, out byte[] bytes, out byte v)) return null;
        try
        {
            byte[] hash = new EthereumMessageSigner().HashPrefixedMessage(Encoding.UTF8.GetBytes(text));
            EthECDSASignature parts = EthECDSASignatureFactory.FromComponents(bytes[..32], bytes[32..64], v);
            return Address.TryParse(EthECKey.RecoverFromSignature(parts, hash).GetPublicAddress(), out Address signer) ? signer : null;
        }
        catch (Exception off) when (off is ArgumentException or ArithmeticException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException or FormatException)
        {
            return null;   // r is the x of no point on the curve
        }
    }

    private static bool TryRead(string? signature, out byte[] bytes, out byte v)
    {
        bytes = [];
        v = 0;
        if (signature is not { Length: TextLength } || !signature.StartsWith("0x", StringComparison.Ordinal) || !signature.AsSpan(2).ContainsOnlyHex()) return false;
        bytes = Convert.FromHexString(signature.AsSpan(2));
        var r = new BigInteger(bytes.AsSpan(0, 32), isUnsigned: true, isBigEndian: true);
        var s = new BigInteger(bytes.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        int parity = bytes[64] is 27 or 28 ? bytes[64] - 27 : bytes[64];
        v = (byte)(27 + parity);
        return parity is 0 or 1 && !r.IsZero && r < Order && !s.IsZero && s <= HalfOrder;
    }

    private static bool ContainsOnlyHex(this ReadOnlySpan<char> text)
    {
        foreach (char digit in text)
            if (!char.IsAsciiHexDigit(digit)) return false;
        return true;
    }
}
