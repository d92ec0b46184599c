using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>How the next answer is to be written, each setting explained in a sentence. Limits are the use case's to know.</summary>
public sealed partial class ChatSettingsDrawer
{
    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired] public ChatSettings Settings { get; set; } = null!;

    [Parameter] public EventCallback<ChatSettings> SettingsChanged { get; set; }

    [Parameter] public IReadOnlyList<DatanetDocument> Datanets { get; set; } = [];

    private Task ChangeAsync(ChatSettings settings) => SettingsChanged.InvokeAsync(settings);

    private Task ChooseAsync(string id, bool chosen) =>
        ChangeAsync(Settings with { DatanetIds = chosen ? [.. Settings.DatanetIds, id] : [.. Settings.DatanetIds.Where(known => known != id)] });
}
