using OpenLedger.Contracts.Transactions;

namespace OpenLedger.Contracts.Tests.Transactions;

/// <summary>The node's key: made once, never replaced, always able to sign.</summary>
public sealed class OperatorKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-key-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_key_can_sign()
    {
        byte[] hash = new byte[32];
        for (int i = 0; i < 1500; i++) Assert.NotNull(OperatorKey.Generate().Signer.SignAndCalculateV(hash));
        Assert.Throws<ArgumentException>(() => OperatorKey.FromSecret([0, .. Enumerable.Repeat((byte)1, 31)]));
        Assert.Throws<ArgumentException>(() => OperatorKey.FromSecret(new byte[31]));
    }

    [Fact]
    public void A_key_file_is_made_once_and_a_broken_one_is_not_replaced()
    {
        string path = Path.Combine(_folder, "keys", "operator.key");
        OperatorKey made = OperatorKey.LoadOrCreate(path);
        Assert.Equal(made.Address, OperatorKey.LoadOrCreate(path).Address);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        File.WriteAllText(path, "half");
        Assert.Throws<FormatException>(() => OperatorKey.LoadOrCreate(path));
        Assert.Equal("half", File.ReadAllText(path));
    }
}
