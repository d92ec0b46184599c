using System.Text;
using System.Text.Json;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Tests.Outside;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Actions;

/// <summary>Calldata against cast's, and actions through an outbox's JSON.</summary>
public sealed class ContractCallsTests
{
    private static readonly Address _someone = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    private static readonly ContractAddresses _contracts = new(At(1), At(2), At(3), At(4), At(5));

    private static readonly ChainAction[] _actions =
    [
        new RegisterDatanetVersion(Word("datanet"), 3, Word("root"), Word("licence"), 299, _someone),
        new RegisterModel(Word("model"), Word("manifest"), Word("weights"), Word("base"), [Word("d1"), Word("d2")], _someone),
        new PostAttributionBatch(9, Word("root"), "0x00010203", 17, Wei.Parse("123456789012345678901234567890")),
        new ReleaseDeposits(Wei.Parse("340282366920938463463374607431768211456")),
        new SetPayoutRoot(5, Word("root"), Wei.OneOpen, Word("batch")),
    ];

    public static TheoryData<string> Names => [.. _actions.Select(action => action.GetType().Name)];

    private static Hash32 Word(string text) => Hash32.KeccakOf(Encoding.UTF8.GetBytes(text));

    private static Address At(byte last) => Address.FromBytes([.. new byte[19], last]);

    private static string CastSays(string name) => Repository.Vectors("calldata.json").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name).GetProperty("data").GetString()!;

    [Theory]
    [MemberData(nameof(Names))]
    public void Calldata_is_that_of_cast_also_after_a_rest_in_the_outbox(string name)
    {
        ChainAction action = _actions.Single(one => one.GetType().Name == name);
        ChainAction read = JsonSerializer.Deserialize<ChainAction>(JsonSerializer.Serialize(action))!;
        ContractCalls calls = new(_contracts);
        Assert.Equal(CastSays(name), calls.For(action).Data);
        Assert.Equal(calls.For(action), calls.For(read));
    }

    [Fact]
    public void Wallets_get_the_calldata_of_cast()
    {
        ContractCalls calls = new(_contracts);
        Assert.Equal(new OutgoingCall(At(4), CastSays("Claim"), Wei.Zero), calls.Claim(_someone, new Wei(77), [Word("p"), Word("q"), Word("r")]));
        Assert.Equal(new OutgoingCall(At(5), CastSays("Deposit"), new Wei(3)), calls.Deposit(_someone, new Wei(3)));
        Assert.Equal(new OutgoingCall(_someone, "0x", new Wei(9)), calls.For(new SendNative(_someone, new Wei(9))));
    }

    [Fact]
    public void A_contract_that_is_not_there_is_not_called() =>
        Assert.Throws<ChainMismatchException>(() => new ContractCalls(ContractAddresses.None).For(new ReleaseDeposits(Wei.OneOpen)));
}
