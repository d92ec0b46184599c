namespace OpenLedger.Journeys;

/// <summary>
/// A model's whole way round as one person goes it: from a hub, through rows, out as files and in again. What comes back must say what was tuned. Leaves its pictures in <c>.screens</c>.
/// </summary>
[Trait("Kind", "RoundTrip")]
[Collection("One Studio at a time")]
public sealed class RoundTripTests(ImportFixture fixture) : IClassFixture<ImportFixture>
{
    private const string Question = "What is glaucoma?";

    private readonly List<string> _found = [];

    [Fact]
    public async Task What_was_imported_and_tuned_and_exported_and_imported_again_gives_the_answer_of_the_tuned_model()
    {
        await using Visitor person = await fixture.ArriveAsync();
        try
        {
            await GoRoundAsync(person);
        }
        catch (Exception)
        {
            await person.PictureAsync("failed-trip");   // what stood there instead
            throw;
        }
        Assert.Empty(_found);
        Assert.Empty(person.Troubles);
    }

    private async Task GoRoundAsync(Visitor person)
    {
        RoundTrip way = new(person, fixture);
        string imported = await way.ImportAsync();
        await LookAsync(person, "trip-models");
        await way.PrepareTrainingAsync(imported);
        await LookAsync(person, "trip-wizard");
        string run = await way.TrainAsync();
        await LookAsync(person, "trip-run");
        string tuned = await way.CompareAsync(run);
        await LookAsync(person, "trip-evaluation");
        string oneFile = await way.BringBackAsync("Tiny as one file", await way.ExportAsync(tuned, "One file, 16 bits (GGUF F16)"));
        string folder = await way.BringBackAsync("Tiny as a folder", await way.ExportAsync(tuned, "Whole model, safetensors"));
        await person.GoAsync(oneFile);
        await LookAsync(person, "trip-back");

        string before = await way.AskAsync(imported, Question), wanted = await way.AskAsync(tuned, Question);
        Assert.NotEqual(before, wanted);
        Assert.Equal(wanted, await way.AskAsync(oneFile, Question));
        Assert.Equal(wanted, await way.AskAsync(folder, Question));
    }

    private async Task LookAsync(Visitor person, string name)
    {
        await person.IsLoadedAsync();
        _found.AddRange(await new Inspection(person, name).LookAsync());
    }
}
