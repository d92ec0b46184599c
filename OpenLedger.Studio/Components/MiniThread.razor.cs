using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>The thread in a table row: how far something got, seen at a glance and said in words.</summary>
public partial class MiniThread
{
    /// <summary>The last place reached; null when not even a row is recorded.</summary>
    [Parameter] public GlyphKind? Reached { get; set; }

    [Parameter] public string? Href { get; set; }

    /// <summary>In place of the sentence the component makes itself.</summary>
    [Parameter] public string? Label { get; set; }

    private bool Has(GlyphKind kind) => Reached >= kind;

    private string Spoken => Label ?? (Reached is { } last ? SpokenOf(last) : "Nothing recorded yet");

    private static string SpokenOf(GlyphKind last) => last switch
    {
        GlyphKind.Row => "Row recorded; adapter, answer and coin not yet",
        GlyphKind.Adapter => "Row and adapter recorded; answer and coin not yet",
        GlyphKind.Answer => "Row, adapter and answer recorded; coin not settled yet",
        GlyphKind.Coin => "Row, adapter and answer recorded; coin settled",
    };
}
