using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Features.Export;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Export;

public class ExportTests
{
    [Fact]
    public async Task An_owner_exports_and_takes_the_files_and_nobody_else_does()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        Outcome<StartedJob> started = await world.Get<StartExport>().StartAsync(TinyWorld.Owner, "one", ExportFormat.GgufQ8, "https://studio.example/", TinyWorld.Cancel);
        Assert.Null(started.Refusal);
        JobRow job = await world.UntilOverAsync(started.Value!.JobId);
        Assert.True(job.State == JobState.Finished, job.Error);

        ReadExports read = world.Get<ReadExports>();
        ExportView view = Assert.Single((await read.OfAsync(TinyWorld.Owner, "one", TinyWorld.Cancel))!.Exports);
        Assert.Null(view.Output!.Test.Failure);
        Assert.Equal(["model-Q8_0.gguf", "README.md", "self-test.json"], view.Output.Files.Select(file => file.Name));
        string card = await File.ReadAllTextAsync((await read.PathAsync(TinyWorld.Owner, view.Id, "README.md", TinyWorld.Cancel))!, TinyWorld.Cancel);
        Assert.Contains("https://studio.example/trace/one", card, StringComparison.Ordinal);
        Assert.Contains("license: \"cc-by-4.0\"", card, StringComparison.Ordinal);

        Assert.Null(await read.PathAsync(TinyWorld.Owner, view.Id, "../../ledger.db", TinyWorld.Cancel));
        Assert.Null(await read.PathAsync(TinyWorld.Other, view.Id, "README.md", TinyWorld.Cancel));
        Assert.Null(await read.PathAsync(Person.Visitor, view.Id, "README.md", TinyWorld.Cancel));
        Assert.Null(await read.OfAsync(TinyWorld.Other, "one", TinyWorld.Cancel));
    }

    [Fact]
    public async Task What_a_killed_export_left_half_written_goes_when_the_next_one_is_made()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        string left = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(world.Folders.Export("x"))!, ".killed.0.tmp")).FullName;
        Outcome<StartedJob> started = await world.Get<StartExport>().StartAsync(TinyWorld.Owner, "one", ExportFormat.Adapter, "", TinyWorld.Cancel);
        Assert.Equal(JobState.Finished, (await world.UntilOverAsync(started.Value!.JobId)).State);
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public async Task The_card_counts_the_rows_that_were_learned_from_and_once_all_of_the_Datanet_were()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        DatanetRow[] rows = [.. Enumerable.Range(1, 5).Select(i => new DatanetRow($"{i}", [new(ChatTurn.User, $"What is {i}?"), new(ChatTurn.Assistant, $"{i}")], null, (i == 1 ? TinyWorld.Owner : TinyWorld.Other).Key))];
        AtomicFile.Write(world.Folders.DatanetRows("a", 1), stream => RowsFile.Write(stream, rows));
        world.Catalogue.Write(c =>
        {
            c.Versions.Put(new DatanetVersionDocument
            {
                Id = "a-1",
                DatanetId = "a",
                Number = 1,
                Root = Sha256Hash.Of("rows"u8),
                Rows = 5,
                FileHash = Sha256Hash.Of("file"u8),
                Licence = "CC-BY-4.0",
                Created = 1,
                Contributors = [new(TinyWorld.Owner.Address!.Value, 1), new(TinyWorld.Other.Address!.Value, 4)],
            });
            c.Models.Change("one", model => model with { DatanetIds = ["a"], DatanetVersionIds = ["a-1"] });
        });
        (ModelDocument model, ModelDocument on) = world.Catalogue.Read(c => (c.Models.Require("one"), c.Models.Require(TinyWorld.BaseId)));
        ModelCard card = world.Get<WriteExportCard>().For(model, on, "");
        Assert.Equal(2, Assert.Single(card.Data).Rows); // its log names two
        Assert.Equal([(TinyWorld.Owner.Address!.Value.ToString(), 1), (TinyWorld.Other.Address!.Value.ToString(), 1)], card.Contributors.Select(one => (one.Address, one.Rows)));
        Assert.Equal(["What is 1?", "What is 2?"], world.Get<WriteExportCard>().QuestionsFor(model));
        File.Delete(Path.Combine(world.Folders.Root, model.Path, "rows.log.jsonl"));
        ModelDocument unlogged = model with { Hash = Sha256Hash.Of("unlogged"u8) }; // what was read of a log is kept by hash
        Assert.Equal(5, world.Get<WriteExportCard>().QuestionsFor(unlogged).Count);
    }

    [Fact]
    public void A_disk_that_cannot_take_an_export_is_said_before_it_is_written()
    {
        long needed = ExportRoom.Needed(ExportFormat.Safetensors, 1_000_000_000, 0);
        Assert.Equal((4_000_000_000, 562_500_000, 7), (needed, ExportRoom.Needed(ExportFormat.GgufQ4, 1_000_000_000, 0), ExportRoom.Needed(ExportFormat.Adapter, 1_000_000_000, 7)));
        Assert.Null(ExportRoom.Problem(needed, 5_000_000_000));
        Assert.StartsWith("The export needs 4.0 GB on the disk", ExportRoom.Problem(needed, 4_999_999_999), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_own_it_is_refused_and_nothing_is_queued()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        world.Catalogue.Write(c => c.Models.Change("one", model => model with { State = ModelState.Published }));
        Assert.Contains("Only the owner", (await world.Get<StartExport>().StartAsync(TinyWorld.Other, "one", ExportFormat.Adapter, "", TinyWorld.Cancel)).Refusal!.What, StringComparison.Ordinal);
        Assert.Contains("Sign in", (await world.Get<StartExport>().StartAsync(Person.Visitor, "one", ExportFormat.Adapter, "", TinyWorld.Cancel)).Refusal!.What, StringComparison.Ordinal);
        Assert.False((await world.Get<ReadExports>().OfAsync(TinyWorld.Other, "one", TinyWorld.Cancel))!.MayExport);
    }

    [Fact]
    public async Task An_adapter_whose_file_was_changed_fails_with_a_reason_and_leaves_no_export()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        string weights = Path.Combine(world.Folders.Adapters, "one", "adapter_model.safetensors");
        await File.WriteAllBytesAsync(weights, (await File.ReadAllBytesAsync(weights, TinyWorld.Cancel))[..^100], TinyWorld.Cancel);
        Outcome<StartedJob> started = await world.Get<StartExport>().StartAsync(TinyWorld.Owner, "one", ExportFormat.Safetensors, "", TinyWorld.Cancel);
        JobRow job = await world.UntilOverAsync(started.Value!.JobId);
        Assert.Equal(JobState.Failed, job.State);
        Assert.NotEmpty(job.Error!);
        Assert.False(Directory.Exists(world.Folders.Export(started.Value!.JobId)));

        async Task<int> ShownAsync() => (await world.Get<ReadExports>().OfAsync(TinyWorld.Owner, "one", TinyWorld.Cancel))!.Exports.Count;
        Assert.NotNull(await world.Get<RemoveExport>().RemoveAsync(TinyWorld.Other, job.Id, TinyWorld.Cancel));
        Assert.Equal(1, await ShownAsync());
        Assert.Null(await world.Get<RemoveExport>().RemoveAsync(TinyWorld.Owner, job.Id, TinyWorld.Cancel)); // a failed one too
        Assert.Equal(0, await ShownAsync());
    }
}
