using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>Rows as the model will read them, with what it learns to say marked. Knows nothing of how they were encoded.</summary>
public sealed partial class LearnedRows
{
    [Parameter, EditorRequired] public required IReadOnlyList<LearnedText> Rows { get; set; }
}
