using System.Numerics;
using Nethereum.Signer;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Transactions;

/// <summary>Reads a signed transaction (EIP-1559, EIP-2930, or legacy with EIP-155) that a stranger sent, strictly. Knows nothing of accounts.</summary>
/// <remarks>A node's own decoder is not to be fed with strangers' bytes: five bytes can make it take a gigabyte, a deep nest ends its process, and type 0x7e mints money.</remarks>
public sealed class RawTransactionParser(ChainId chain, long maxGas = 30_000_000)
{
    private const int MaxAccessEntries = 256;

    private static readonly BigInteger _curveOrder = BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="hex">"0x" and the transaction's bytes.</param>
    public RawTransactionResult Parse(string? hex)
    {
        if (hex is null || !hex.StartsWith("0x", StringComparison.Ordinal)) return RawTransactionResult.Refuse("a raw transaction is 0x and hex digits");
        if (hex.Length > 2 + 2 * RawTransaction.MaxBytes) return RawTransactionResult.Refuse($"a transaction may have {RawTransaction.MaxBytes} bytes");
        byte[] bytes = new byte[(hex.Length - 2) / 2];
        if (hex.Length % 2 != 0 || Convert.FromHexString(hex.AsSpan(2), bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return RawTransactionResult.Refuse("a raw transaction is 0x and hex digits");
        return bytes switch
        {
            [] => RawTransactionResult.Refuse("the transaction is empty"),
            [0x7e, ..] => RawTransactionResult.Refuse("deposit transactions (type 0x7e) come from the bridge alone"),
            [0x02, .. byte[] body] => ParseTyped(bytes, body, isDynamicFee: true),
            [0x01, .. byte[] body] => ParseTyped(bytes, body, isDynamicFee: false),
            [>= 0xc0, ..] => ParseLegacy(bytes),
            _ => RawTransactionResult.Refuse($"transactions of type 0x{bytes[0]:x2} are not taken"),
        };
    }

    // EIP-1559: 0x02 || rlp([chain, nonce, tip, maxFee, gas, to, value, data, access, parity, r, s]); EIP-2930 has one gas price in place of tip and maxFee.
    private RawTransactionResult ParseTyped(byte[] whole, byte[] body, bool isDynamicFee)
    {
        RlpReader outer = new(body);
        if (!outer.TryReadList(out RlpReader fields) || !outer.IsAtEnd) return Malformed();
        ReadOnlySpan<byte> content = ContentOf(body);
        if (!fields.TryReadNumber(8, out BigInteger chainId)) return Malformed();
        if (chainId != chain.Value) return OtherChain(chainId);
        if (!TryReadBody(ref fields, isDynamicFee ? 2 : 1, out Body tx) || !TryReadAccessList(ref fields)) return Malformed();
        int unsignedLength = content.Length - fields.Remaining;
        if (!fields.TryReadNumber(1, out BigInteger parity) || !TryReadSignature(ref fields, out byte[] r, out byte[] s)) return Malformed();
        if (parity > 1) return BadSignature();
        byte[] unsigned = [whole[0], .. ListHead(unsignedLength), .. content[..unsignedLength]];
        return Finish(whole, tx, unsigned, (int)parity, r, s);
    }

    // EIP-155: rlp([nonce, price, gas, to, value, data, v, r, s]) with v = chain * 2 + 35 + parity, signed over rlp([nonce .. data, chain, 0, 0]).
    private RawTransactionResult ParseLegacy(byte[] whole)
    {
        RlpReader outer = new(whole);
        if (!outer.TryReadList(out RlpReader fields) || !outer.IsAtEnd) return Malformed();
        ReadOnlySpan<byte> content = ContentOf(whole);
        if (!TryReadBody(ref fields, 1, out Body tx)) return Malformed();
        int bodyLength = content.Length - fields.Remaining;
        if (!fields.TryReadNumber(9, out BigInteger v) || !TryReadSignature(ref fields, out byte[] r, out byte[] s)) return Malformed();
        BigInteger parity = v - (BigInteger)chain.Value * 2 - 35;
        if (v < 35) return RawTransactionResult.Refuse("the transaction names no chain (EIP-155): it could be replayed elsewhere");
        if (parity < 0 || parity > 1) return OtherChain((v - 35) / 2);
        byte[] chainNumber = Nethereum.RLP.RLP.EncodeElement(new BigInteger(chain.Value).ToByteArray(isUnsigned: true, isBigEndian: true));
        byte[] unsigned = [.. ListHead(bodyLength + chainNumber.Length + 2), .. content[..bodyLength], .. chainNumber, 0x80, 0x80];
        return Finish(whole, tx, unsigned, (int)parity, r, s);
    }

    private readonly record struct Body(BigInteger Nonce, BigInteger Gas, Address? To, BigInteger Value, int DataLength);

    private static bool TryReadBody(ref RlpReader fields, int prices, out Body body)
    {
        body = default;
        if (!fields.TryReadNumber(8, out BigInteger nonce)) return false;
        for (int i = 0; i < prices; i++)
            if (!fields.TryReadNumber(32, out _)) return false;
        if (!fields.TryReadNumber(8, out BigInteger gas) || !fields.TryReadBytes(out ReadOnlySpan<byte> to)) return false;
        if (to.Length is not (0 or 20) || !fields.TryReadNumber(32, out BigInteger value) || !fields.TryReadBytes(out ReadOnlySpan<byte> data)) return false;
        body = new Body(nonce, gas, to.IsEmpty ? null : Address.FromBytes(to), value, data.Length);
        return true;
    }

    private static bool TryReadAccessList(ref RlpReader fields)
    {
        if (!fields.TryReadList(out RlpReader list)) return false;
        for (int entries = 0; !list.IsAtEnd; entries++)
        {
            if (entries == MaxAccessEntries || !list.TryReadList(out RlpReader entry)) return false;
            if (!entry.TryReadBytes(20, out _) || !entry.TryReadList(out RlpReader keys) || !entry.IsAtEnd) return false;
            while (!keys.IsAtEnd)
                if (!keys.TryReadBytes(32, out _)) return false;
        }
        return true;
    }

    private static bool TryReadSignature(ref RlpReader fields, out byte[] r, out byte[] s)
    {
        bool read = fields.TryReadNumber(32, out BigInteger rNumber);
        read &= fields.TryReadNumber(32, out BigInteger sNumber) && fields.IsAtEnd;
        r = Word(rNumber);
        s = Word(sNumber);
        return read;
    }

    private RawTransactionResult Finish(byte[] whole, Body tx, byte[] unsigned, int parity, byte[] r, byte[] s)
    {
        if (tx.Gas > maxGas) return RawTransactionResult.Refuse($"gas {tx.Gas} is over the block's {maxGas}");
        if (Signer(Keccak.Of(unsigned), parity, r, s) is not Address from) return BadSignature();
        return new RawTransactionResult(new RawTransaction(new TxHash(Hash32.KeccakOf(whole)), from, tx.To, new Wei(tx.Value), tx.Nonce, (long)tx.Gas, tx.DataLength), null);
    }

    private static Address? Signer(byte[] hash, int parity, byte[] r, byte[] s)
    {
        BigInteger rNumber = new(r, true, true), sNumber = new(s, true, true);
        if (rNumber.IsZero || rNumber >= _curveOrder || sNumber.IsZero || sNumber > _curveOrder / 2) return null;   // EIP-2: refuse high s
        try
        {
            return Address.Parse(EthECKey.RecoverFromSignature(EthECDSASignatureFactory.FromComponents(r, s, (byte)(27 + parity)), hash).GetPublicAddress());
        }
        catch (Exception)   // Nethereum throws NullReference, Argument and others for an r that is no point of the curve
        {
            return null;
        }
    }

    private static byte[] Word(BigInteger number)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static byte[] ListHead(int length)
    {
        if (length <= 55) return [(byte)(0xc0 + length)];
        byte[] size = new BigInteger(length).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [(byte)(0xf7 + size.Length), .. size];
    }

    private static ReadOnlySpan<byte> ContentOf(ReadOnlySpan<byte> list) => list[0] <= 0xf7 ? list[1..] : list[(1 + list[0] - 0xf7)..];

    private static RawTransactionResult Malformed() => RawTransactionResult.Refuse("the transaction's fields are not canonical RLP of the right shape");

    private static RawTransactionResult BadSignature() => RawTransactionResult.Refuse("the transaction's signature is not valid");

    private RawTransactionResult OtherChain(BigInteger other) => RawTransactionResult.Refuse($"the transaction is for chain {other}, this is chain {chain}");
}
