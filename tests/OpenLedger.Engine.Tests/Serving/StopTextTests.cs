using OpenLedger.Engine.Serving;

namespace OpenLedger.Engine.Tests.Serving;

/// <summary>A stop text is found across pieces, is never shown, and holds back no more than it must.</summary>
public class StopTextTests
{
    [Fact]
    public void A_stop_text_across_pieces_is_cut_off_with_all_behind_it()
    {
        StopText stop = new(["END", "\n\n"]);
        string[] shown = [stop.Push("one "), stop.Push("E"), stop.Push(" two EN"), stop.Push("D three")];
        Assert.Equal(["one ", "", "E two ", ""], shown);
        Assert.True(stop.IsReached);
        Assert.Equal("", stop.Flush());
    }

    [Fact]
    public void What_only_looked_like_a_beginning_comes_out_at_the_end()
    {
        StopText stop = new(["END"]);
        Assert.Equal("one ", stop.Push("one EN"));
        Assert.Equal("EN", stop.Flush());
        Assert.False(stop.IsReached);
    }
}
