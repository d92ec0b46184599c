using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public sealed class PassageIndexTests : IDisposable
{
    private static readonly PassageSource[] Rows =
    [
        Row("glaucoma", "What is glaucoma?", "Glaucoma is a group of diseases that can damage the eye's optic nerve.", "0xeye"),
        Row("asthma", "What are the symptoms of asthma?", "Asthma makes you wheeze, cough and feel short of breath.", "0xlung"),
        Row("gout", "How to diagnose gout?", "A doctor draws fluid from the joint and looks for crystals.", "0xjoint"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_saved_is_read_back_and_finds_the_same()
    {
        PassageIndex built = Build(Rows, "one");
        PassageIndexFiles.Save(built, _folder);
        PassageIndex read = PassageIndexFiles.Load(_folder, Embedder.Model)!;

        Assert.Equal(built.Passages, read.Passages);
        Assert.Equal(built.Vectors.Numbers.ToArray(), read.Vectors.Numbers.ToArray());
        Assert.Equal((built.DatanetId, built.Root, built.Options), (read.DatanetId, read.Root, read.Options));
        Assert.Equal(Ask(built, "asthma symptoms"), Ask(read, "asthma symptoms"));
    }

    [Fact]
    public void Where_nothing_was_saved_there_is_no_index() => Assert.Null(PassageIndexFiles.Load(_folder, Embedder.Model));

    [Fact]
    public void Saving_again_leaves_only_the_newer_files()
    {
        PassageIndexFiles.Save(Build(Rows, "one"), _folder);
        PassageIndexFiles.Save(Build(Rows[..2], "two"), _folder);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
        Assert.Equal(2, PassageIndexFiles.Load(_folder, Embedder.Model)!.Passages.Count);
    }

    [Theory]
    [InlineData("passages-*")]
    [InlineData("vectors-*")]
    public void A_file_with_one_bit_turned_is_refused(string pattern)
    {
        PassageIndexFiles.Save(Build(Rows, "one"), _folder);
        string file = Directory.GetFiles(_folder, pattern).Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[20] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Contains("hashes to", Assert.Throws<PassageIndexException>(() => PassageIndexFiles.Load(_folder, Embedder.Model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passages-*")]
    [InlineData("vectors-*")]
    public void A_missing_file_is_refused(string pattern)
    {
        PassageIndexFiles.Save(Build(Rows, "one"), _folder);
        File.Delete(Directory.GetFiles(_folder, pattern).Single());
        Assert.Contains("is missing", Assert.Throws<PassageIndexException>(() => PassageIndexFiles.Load(_folder, Embedder.Model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_manifest_is_refused()
    {
        PassageIndexFiles.Save(Build(Rows, "one"), _folder);
        File.WriteAllText(Path.Combine(_folder, "index.json"), "{\"datanetId\":");
        Assert.Throws<PassageIndexException>(() => PassageIndexFiles.Load(_folder, Embedder.Model));
    }

    [Fact]
    public void A_next_version_takes_over_the_vectors_of_rows_that_did_not_change()
    {
        PassageIndex first = Build(Rows, "one");
        PassageSource changed = Rows[1] with { Text = Rows[1].Text + " It often starts in childhood." };
        PassageSource given = Rows[0] with { Contributor = "0xheir" };
        PassageSource[] next = [Row("new", "What is a cold?", "A cold is an infection of the nose and throat.", "0xnose"), given, changed];

        PassageIndex incremental = Build(next, "two", first), whole = Build(next, "two");

        Assert.Equal(whole.Passages, incremental.Passages);
        Assert.All(whole.Vectors.Numbers.ToArray().Zip(incremental.Vectors.Numbers.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        // The vector of the row that stayed is the old one to the bit, not one made again in another batch.
        Assert.Equal(first.Vectors[0].ToArray(), incremental.Vectors[1].ToArray());
        Assert.Equal("0xheir", incremental.Passages[1].Contributor);
    }

    [Fact]
    public void Progress_ends_at_all_of_them()
    {
        List<(int Done, int Of)> reports = [];
        PassageIndex.Build("d", Sha256Hash.Of("x"u8), Rows, Embedder.Model, progress: new Immediately(reports));
        Assert.Equal((3, 3), reports[^1]);
    }

    internal static PassageSource Row(string id, string question, string answer, string contributor) => new(id, $"{question}\n\n{answer}", contributor, question.Length + 2);

    private static PassageIndex Build(PassageSource[] rows, string root, PassageIndex? previous = null) =>
        PassageIndex.Build("datanet", Sha256Hash.Of(System.Text.Encoding.UTF8.GetBytes(root)), rows, Embedder.Model, previous: previous);

    private static RetrievedPassage[] Ask(PassageIndex index, string question) => [.. new Retriever(Embedder.Model, [index]).Find(question).Passages];

    private sealed class Immediately(List<(int, int)> reports) : IProgress<(int, int)>
    {
        public void Report((int, int) value) => reports.Add(value);
    }
}
