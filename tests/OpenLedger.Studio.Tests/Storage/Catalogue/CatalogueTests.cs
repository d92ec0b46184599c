using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Storage.Catalogue;

public sealed class CatalogueTests : IDisposable
{
    private static readonly Address _ann = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly Address _bob = Address.Parse("0x00000000000000000000000000000000000000bb");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_document_comes_back_as_it_was_written_after_a_reopen()
    {
        ModelDocument model = Model("m1", _ann) with { Metrics = new Dictionary<string, double> { ["loss"] = 1.25 }, DatanetIds = ["d1", "d2"], RateIn = Wei.Parse("123456789012345678901234567890") };
        using (CatalogueFile file = new(_folder.File("catalogue.db"))) new Studio.Storage.Catalogue.Catalogue(file).Write(c => c.Models.Put(model));
        using CatalogueFile again = new(_folder.File("catalogue.db"));
        ModelDocument? read = new Studio.Storage.Catalogue.Catalogue(again).Read(c => c.Models.Get("m1"));
        Assert.Equivalent(model, read, strict: true);
    }

    [Fact]
    public void Documents_are_found_by_field_and_by_what_a_list_holds()
    {
        using CatalogueFile file = new(_folder.File("catalogue.db"));
        Studio.Storage.Catalogue.Catalogue catalogue = new(file);
        catalogue.Write(c =>
        {
            c.Models.Put(Model("m1", _ann) with { DatanetIds = ["d1", "d2"] });
            c.Models.Put(Model("m2", _bob) with { DatanetIds = ["d2"], State = ModelState.Published });
        });
        Assert.Equal(["m1"], catalogue.Read(c => c.Models.Find(m => m.Owner, _ann)).Select(m => m.Id));
        Assert.Equal(["m2"], catalogue.Read(c => c.Models.Find(m => m.State, ModelState.Published)).Select(m => m.Id));
        Assert.Equal(["m1", "m2"], catalogue.Read(c => c.Models.FindContaining(m => m.DatanetIds, "d2")).Select(m => m.Id).Order());
        Assert.Throws<UnindexedFieldException>(() => catalogue.Read(c => c.Models.Find(m => m.Name, "m1")));
    }

    [Fact]
    public void A_write_that_throws_leaves_nothing_of_itself()
    {
        using CatalogueFile file = new(_folder.File("catalogue.db"));
        Studio.Storage.Catalogue.Catalogue catalogue = new(file);
        Assert.Throws<DocumentMissingException>(() => catalogue.Write(c =>
        {
            c.Models.Put(Model("m1", _ann));
            c.Models.Change("nobody", m => m);
        }));
        Assert.Equal(0, catalogue.Read(c => c.Models.Count()));
        Assert.True(catalogue.Write(c => c.Models.TryAdd(Model("m1", _ann))));
        Assert.False(catalogue.Write(c => c.Models.TryAdd(Model("m1", _bob))));
        Assert.Equal(_ann, catalogue.Read(c => c.Models.Require("m1")).Owner);
    }

    [Fact]
    public void Eight_writers_at_once_lose_no_increment()
    {
        using CatalogueFile file = new(_folder.File("catalogue.db"));
        Studio.Storage.Catalogue.Catalogue catalogue = new(file);
        catalogue.Write(c => c.Models.Put(Model("m1", _ann)));
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 50; i++) catalogue.Write(c => c.Models.Change("m1", m => m with { Size = m.Size + 1 }));
        });
        Assert.Equal(400, catalogue.Read(c => c.Models.Require("m1")).Size);
    }

    [Fact]
    public void A_torn_end_of_the_log_is_cut_and_the_rest_kept()
    {
        string path = _folder.File("catalogue.db");
        using (CatalogueFile file = new(path))
        {
            new Studio.Storage.Catalogue.Catalogue(file).Write(c => c.Models.Put(Model("m1", _ann)));
            foreach (string half in new[] { "catalogue.db", "catalogue-log.db" }) File.WriteAllBytes(_folder.File("torn-" + half), ReadShared(_folder.File(half)));
        }

        using (FileStream log = new(_folder.File("torn-catalogue-log.db"), FileMode.Append)) log.Write(new byte[5000]);
        using CatalogueFile torn = new(_folder.File("torn-catalogue.db"));
        Assert.NotNull(new Studio.Storage.Catalogue.Catalogue(torn).Read(c => c.Models.Get("m1")));
    }

    [Fact]
    public void Nobody_else_holds_a_LiteDatabase()
    {
        string studio = Path.Combine(Repository.Root, "OpenLedger.Studio");
        string[] holders = [.. Directory.EnumerateFiles(studio, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("new LiteDatabase(", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)!)];
        Assert.Equal(["CatalogueFile.cs"], holders);
    }

    private static byte[] ReadShared(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static ModelDocument Model(string id, Address owner) => new()
    {
        Id = id,
        Kind = ModelKind.Adapter,
        Name = id,
        Family = "SmolLM2",
        Path = "adapters/x",
        Hash = Sha256Hash.Of([1]),
        Licence = "Apache-2.0",
        Owner = owner,
        State = ModelState.Private,
        Created = 1,
    };
}
