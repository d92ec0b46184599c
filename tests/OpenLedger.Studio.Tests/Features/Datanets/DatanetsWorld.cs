using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Tests.Features.Settlement;

namespace OpenLedger.Studio.Tests.Features.Datanets;

/// <summary>The Datanets with their real storage in a folder of their own, and four people.</summary>
internal sealed class DatanetsWorld : StudioRoom
{
    public const string ThreeRows = "question,answer\nWhat is a?,The first letter of them.\nWhat is b?,It comes after the first one.\nWhat is c?,The third in the row of letters.\n";

    public static readonly Person Owner = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Other = new(Address.Parse("0x00000000000000000000000000000000000000b2"), false);
    public static readonly Person Admin = new(Address.Parse("0x00000000000000000000000000000000000000c3"), true);
    public static readonly Person Visitor = Person.Visitor;

    public DatanetsWorld() : base(new TemporaryFolder(), Shipped, builder => builder.AddDatanets().Services.AddSingleton<IChain>(new FakeChain()))
    {
    }

    public FakeChain Chain => (FakeChain)Get<IChain>();

    public Catalogue Catalogue => Get<Catalogue>();

    public LedgerReader Ledger => Get<LedgerReader>();

    public static DatanetForm Form { get; } = new("Letters", "Questions about letters.", "**All** of them.", "letters, alphabet", "CC-BY-4.0", false);

    public override T Get<T>() => Services.GetService<T>() ?? ActivatorUtilities.CreateInstance<T>(Services);

    public DatanetDocument Create(Person owner, DatanetForm? form = null) => Get<CreateDatanet>().Create(owner, form ?? Form).Value!;

    public Task<Outcome<Upload>> UploadAsync(Person person, string id, string text = ThreeRows, string name = "letters.csv") =>
        Get<UploadRows>().ReceiveAsync(person, id, name, new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancel);

    /// <summary>An owner's Datanet with three rows, waiting for its review.</summary>
    public async Task<DatanetDocument> SubmittedAsync(DatanetForm? form = null)
    {
        DatanetDocument datanet = Create(Owner, form);
        Upload upload = (await UploadAsync(Owner, datanet.Id)).Value!;
        Assert.Null((await Get<AddRows>().AddAsync(Owner, upload.Id, Cancel)).Refusal);
        return (await Get<SubmitDatanet>().SubmitAsync(Owner, datanet.Id, Cancel)).Value!;
    }

    /// <summary>The same, admitted.</summary>
    public async Task<DatanetDocument> PublishedAsync(DatanetForm? form = null) =>
        (await Get<ReviewDatanet>().ApproveAsync(Admin, (await SubmittedAsync(form)).Id, Cancel)).Value!;
}
