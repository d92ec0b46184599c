using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>An address, hash or transaction, shortened, with all of it in the title and on the clipboard. Copying is done by the shell's script.</summary>
public partial class HashText
{
    [Parameter, EditorRequired] public string Value { get; set; } = "";

    /// <summary>What it is, as spoken by the copy button: "address", "hash", "transaction hash".</summary>
    [Parameter] public string What { get; set; } = "hash";

    /// <summary>Where its trace is.</summary>
    [Parameter] public string? Href { get; set; }

    [Parameter] public bool Copy { get; set; } = true;

    /// <summary>0x8f3c…21ab for what starts with 0x, 591843df…bca2f0 for other hashes; short text stays whole.</summary>
    public static string Shorten(string value) => value switch
    {
        { Length: <= 16 } => value,
        _ when value.StartsWith("0x", StringComparison.Ordinal) => $"{value[..6]}…{value[^4..]}",
        _ => $"{value[..8]}…{value[^6..]}",
    };

    private string Short => Shorten(Value);
}
