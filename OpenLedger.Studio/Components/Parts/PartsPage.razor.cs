using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components.Parts;

/// <summary>Every component in every state, shown while building only. The figures on it are examples.</summary>
public partial class PartsPage
{
    [Inject] private IHostEnvironment Host { get; set; } = null!;

    private bool Shown => Host.IsDevelopment();
}
