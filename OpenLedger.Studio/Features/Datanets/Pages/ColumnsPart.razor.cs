using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>What a file's columns were recognised as, and how a person changes that.</summary>
public partial class ColumnsPart
{
    [Parameter, EditorRequired] public UploadView View { get; set; } = null!;

    [Parameter] public bool Busy { get; set; }

    [Parameter] public EventCallback<(string Column, ColumnRole Role)> OnRole { get; set; }

    [Parameter] public EventCallback<RowShape> OnShape { get; set; }

    [Parameter] public EventCallback<SourceChoices> OnHeader { get; set; }

    private ColumnMapping Mapping => View.Upload.Mapping;

    private IReadOnlyList<ColumnRole> Roles => [ColumnRole.LeaveOut, .. ColumnMapping.AllowedIn(Mapping.Shape)];

    private string FirstOf(string column) =>
        View.File.Sample.Select(row => row.Cells.GetValueOrDefault(column, "")).FirstOrDefault(cell => !string.IsNullOrWhiteSpace(cell)) is string first
            ? RowProblem.Cut(first)
            : $"(empty in the first {DatanetWords.Count(View.File.Sample.Count, "row")})";

    private static string NameOf(RowShape shape) => shape switch
    {
        RowShape.QuestionAnswer => "a question and its answer",
        RowShape.PromptCompletion => "a prompt and its completion",
        RowShape.Instruction => "an instruction with its output",
        RowShape.Conversation => "a conversation",
        RowShape.PlainText => "a text",
    };

    private static string NameOf(ColumnRole role)
    {
        if (role == ColumnRole.LeaveOut) return "Leave out";
        string name = ColumnMapping.NameOf(role);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
