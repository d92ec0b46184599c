using OpenLedger.Studio.Components;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>What models are called in lists and on their pages. Decides nothing.</summary>
public static class ModelWords
{
    public static Status StatusOf(ModelDocument model) => model.State switch
    {
        ModelState.Private => Status.Draft,
        ModelState.Published => Status.Published,
        ModelState.Withdrawn => Status.SentBack,
    };

    public static string LearnedFrom(ModelView view) => view.LearnedFrom.Count == 0
        ? "rows that are not here"
        : string.Join(", ", view.LearnedFrom.Select(from => $"{from.Datanet?.Name ?? from.Version.DatanetId}, version {from.Version.Number}"));

    public static GlyphKind Reached(ModelView view) => view.Answers > 0 ? GlyphKind.Answer : GlyphKind.Adapter;
}
