using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>Whoever wants to know tries two rates in one go, talks to a moment of the first training while it goes on, and sees which one is best. Leaves its pictures in <c>.screens</c>.</summary>
[Trait("Kind", "Sweep")]
[Collection(AfterTheLoop.Name)]
public sealed class SweepTests(LoopFixture loop)
{
    [Fact]
    public async Task Two_rates_are_tried_a_moment_is_asked_while_they_train_and_the_best_is_marked()
    {
        await using Visitor person = await loop.VisitAsync(Look.Wide);
        await person.SignInAsync();
        await ChooseAsync(person);
        await SeeRefusalAsync(person);
        await person.FillAsync("Values", "0.0005, 0.005");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Start 2 trainings" }).WaitForAsync();
        Assert.Empty(await new Inspection(person, "sweep-wizard").LookAsync());

        await person.PressAsync("Start 2 trainings");
        await person.ArriveAsync("**/factory/sweeps/*");
        string sweep = new Uri(person.Page.Url).AbsolutePath;
        await person.SeeAsync("1 training, 1 waiting");
        await TalkToMomentAsync(person);

        await person.GoAsync(sweep);
        await person.SeeAsync("2 done");
        Assert.Equal(1, await person.Page.Locator("tbody .chip", new() { HasText = "Best" }).CountAsync());
        Assert.Empty(await new Inspection(person, "sweep-done").LookAsync());
    }

    // Few and small steps: what is learned does not matter here.
    private static async Task ChooseAsync(Visitor person)
    {
        await person.GoAsync("/factory/train?datanet=medquad-sample");
        await person.FillAsync("Name of the adapter", "Which rate");
        await person.Page.GetByText("Expert settings").ClickAsync();
        foreach ((string field, string value) in new[] { ("Longest row", "64"), ("Gathered", "1"), ("Most rows measured", "1"), ("Checkpoint every", "4"), ("Most steps", "20") }) await person.FillAsync(field, value);
        await person.Page.GetByText("Try several values").ClickAsync();
    }

    private static async Task SeeRefusalAsync(Visitor person)
    {
        await person.FillAsync("Values", "0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009, 0.01, 0.011, 0.012, 0.013");
        await person.SeeAsync("13 values make as many trainings; a sweep has at most 12.");
        await person.IsLoadedAsync();
        Assert.Empty(await new Inspection(person, "sweep-refused").LookAsync());
    }

    private static async Task TalkToMomentAsync(Visitor person)
    {
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "rate 0.0005", Exact = true }).ClickAsync();
        await person.ArriveAsync("**/factory/runs/*");
        await person.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Chat with Step") }).First.ClickAsync();
        await person.ArriveAsync("**/chat?model=moment-*");
        await person.SeeAsync("You talk to a moment of a training: Which rate, rate 0.0005, step");
        await person.SetLongestAnswerAsync(12);
        await person.Page.GetByRole(AriaRole.Switch, new() { Name = "Look up passages" }).UncheckAsync();
        await person.Page.GetByLabel("Your question").FillAsync("Hello there");
        await person.PressAsync("Send");
        await person.SeeAsync("This answer cost");
        await person.SeeAsync("training log");
        Assert.Empty(await new Inspection(person, "sweep-chat").LookAsync());
    }
}
