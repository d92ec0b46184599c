using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Tests.Features.Datanets;

/// <summary>From a file to rows that wait.</summary>
public sealed class UploadTests : IAsyncDisposable
{
    private readonly DatanetsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Every_decision_about_a_file_outlives_the_page()
    {
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner);
        Upload upload = (await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, "question,answer,notes\na,b,x\nc,,y\na,b,z\n")).Value!;
        UploadView view = (await _world.Get<ReadUpload>().CurrentAsync(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Cancel))!;
        Assert.Equal([ProblemKind.EmptyCell, ProblemKind.ExactDuplicate], view.Report!.Problems.Select(problem => problem.Kind));

        view = (await _world.Get<MendRow>().MendAsync(DatanetsWorld.Owner, upload.Id, new RowMend(2, MendAction.Write, "answer", "d"), DatanetsWorld.Cancel)).Value!;
        Assert.Equal(1, view.Report!.Waiting);
        view = (await _world.Get<MendRow>().UseSuggestionsAsync(DatanetsWorld.Owner, upload.Id, DatanetsWorld.Cancel)).Value!;
        Assert.True(view.Report!.IsReady);
        view = (await _world.Get<ReadUpload>().CurrentAsync(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Cancel))!;
        Assert.Equal((2, 1), (view.Report!.Good, view.Report.LeftOut));

        view = (await _world.Get<MendRow>().UndoAsync(DatanetsWorld.Owner, upload.Id, 2, DatanetsWorld.Cancel)).Value!;
        Assert.Equal(1, view.Report!.Waiting);
    }

    [Fact]
    public async Task A_column_can_be_used_as_something_else_and_the_header_read_as_a_row()
    {
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner);
        Upload upload = (await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, "question,topic\na,b\n")).Value!;
        MapColumns map = _world.Get<MapColumns>();
        Assert.Null((await _world.Get<ReadUpload>().CurrentAsync(DatanetsWorld.Owner, datanet.Id, DatanetsWorld.Cancel))!.Report);
        UploadView view = (await map.UseAsAsync(DatanetsWorld.Owner, upload.Id, "topic", ColumnRole.Answer, DatanetsWorld.Cancel)).Value!;
        Assert.Equal("b", Assert.Single(view.Report!.Preview).Turns[1].Content);
        view = (await map.ReadAsAsync(DatanetsWorld.Owner, upload.Id, new SourceChoices(HasHeader: false), DatanetsWorld.Cancel)).Value!;
        Assert.Equal(2, view.Report!.Good);
        view = (await map.ShapeAsync(DatanetsWorld.Owner, upload.Id, Engine.Datanets.RowShape.PlainText, DatanetsWorld.Cancel)).Value!;
        Assert.Equal("topic", view.Report!.Preview[0].Text);
    }

    [Fact]
    public async Task A_refused_file_and_a_cut_connection_leave_nothing_behind()
    {
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner);
        Outcome<Upload> refused = await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, "", "empty.csv");
        Assert.StartsWith("The file is empty.", refused.Refusal!.What, StringComparison.Ordinal);
        using CutStream cut = new();
        await Assert.ThrowsAsync<IOException>(() => _world.Get<UploadRows>().ReceiveAsync(DatanetsWorld.Owner, datanet.Id, "a.csv", cut, DatanetsWorld.Cancel));
        Assert.Empty(Directory.GetFiles(_world.Get<StudioFolders>().Uploads));
    }

    [Fact]
    public async Task A_second_file_takes_the_place_of_the_first()
    {
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner);
        await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id);
        await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, "A paragraph.\n\nAnother.\n", "../../notes.txt");
        Upload upload = _world.Get<UploadShelf>().Current(datanet.Id, DatanetsWorld.Owner.Address!.Value)!;
        Assert.Equal("notes.txt", upload.FileName);
        Assert.Equal(2, Directory.GetFiles(_world.Get<StudioFolders>().Uploads).Length);
    }

    [Fact]
    public async Task Rows_with_open_questions_are_not_taken()
    {
        DatanetDocument datanet = _world.Create(DatanetsWorld.Owner);
        Upload upload = (await _world.UploadAsync(DatanetsWorld.Owner, datanet.Id, "question,answer\na,\n")).Value!;
        Assert.Equal("Some rows still need a decision.", (await _world.Get<AddRows>().AddAsync(DatanetsWorld.Owner, upload.Id, DatanetsWorld.Cancel)).Refusal!.What);
        Assert.NotNull(_world.Get<UploadShelf>().Find(upload.Id));
    }

    private sealed class CutStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("the connection was cut");
    }
}
