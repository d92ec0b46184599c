using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>An asker's chats, the newest first.</summary>
public sealed partial class ChatList
{
    [Parameter, EditorRequired] public IReadOnlyList<ChatDocument> Chats { get; set; } = [];

    [Parameter] public string? Current { get; set; }
}
