using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>What a model without a card of its own is called, and under which licence it is used.</summary>
public sealed partial class NamePart
{
    [Parameter] public string Name { get; set; } = "";

    [Parameter] public EventCallback<string> NameChanged { get; set; }

    [Parameter] public string Licence { get; set; } = "";

    [Parameter] public EventCallback<string> LicenceChanged { get; set; }
}
