using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Tests.Storage.Files;

public sealed class StudioFoldersTests
{
    [Fact]
    public void A_folder_is_held_by_one_process_at_a_time()
    {
        using TemporaryFolder folder = new();
        using (StudioFolders.Open(folder.Path))
        {
            DataFolderInUseException refused = Assert.Throws<DataFolderInUseException>(() => StudioFolders.Open(folder.Path));
            Assert.Contains("already used by another Studio", refused.Message, StringComparison.Ordinal);
        }

        StudioFolders.Open(folder.Path).Dispose();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("/etc")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\0")]
    [InlineData("a\n")]
    [InlineData("%2e%2e")]
    [InlineData("C:")]
    [InlineData("")]
    public void No_name_leads_out_of_the_data_folder(string name)
    {
        using TemporaryFolder folder = new();
        using StudioFolders folders = StudioFolders.Open(folder.Path);
        Assert.Throws<ArgumentException>(() => folders.Upload(name));
        Assert.Throws<ArgumentException>(() => folders.Adapter(name));
        Assert.Throws<ArgumentException>(() => folders.DatanetRows(name, 1));
    }
}
