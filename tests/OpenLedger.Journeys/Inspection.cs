namespace OpenLedger.Journeys;

/// <summary>
/// Looks at the page a visitor has open, as it stands, in both themes at both widths: no barrier, no sideways scroll, no outside request, no error in the console. Leaves its pictures in <c>.screens</c>. Knows no page.
/// </summary>
internal sealed class Inspection(Visitor visitor, string screen)
{
    private static readonly int[] OtherWidths = [360, 768, 801, 1024, 1280];

    private readonly List<string> _found = [];

    /// <returns>What is wrong, a line a fault.</returns>
    public async Task<IReadOnlyList<string>> LookAsync()
    {
        foreach (Look look in Look.All) await LookAtAsync(look);
        await visitor.WearAsync(Look.Wide);
        foreach (int width in OtherWidths)
            if (await visitor.SidewaysAtAsync(width) is > 0 and int pixels) _found.Add($"{screen}: {pixels} px sideways at {width}");
        await visitor.WearAsync(Look.Wide);
        _found.AddRange(visitor.TakeTroubles().Select(trouble => $"{screen}: {trouble}"));
        return _found;
    }

    private async Task LookAtAsync(Look look)
    {
        await visitor.WearAsync(look);
        await visitor.PictureAsync($"{screen}-{look.Width}-{look.Theme}");
        // A theme changes colours only, so in the dark the colours are all there is to check again.
        IReadOnlyList<string> barriers = look.Theme == "light" ? await visitor.FindBarriersAsync() : await visitor.FindPaleAsync();
        _found.AddRange(barriers.Select(barrier => $"{screen} {look.Width} {look.Theme}: {barrier}"));
        if (await visitor.SidewaysAsync() is > 0 and int pixels) _found.Add($"{screen} {look.Width}: {pixels} px sideways");
    }
}
