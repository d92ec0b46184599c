using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters.Pages;

/// <summary>What can be talked to here: adapters first, then the bases they stand on. Reads only.</summary>
public sealed partial class ModelsPage
{
    private IReadOnlyList<ModelView>? _all;

    [Inject] private ReadModels Models { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    private IEnumerable<ModelView> Adapters => _all!.Where(view => view.Model.Kind == ModelKind.Adapter);

    private IEnumerable<ModelView> Bases => _all!.Where(view => view.Model.Kind == ModelKind.Base);

    protected override async Task OnInitializedAsync() => _all = await Models.AllAsync(await Current.GetAsync(), CancellationToken.None);

    /// <summary>"98 MB".</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (bytes + 500_000) / 1_000_000)} MB");

    internal static Status StatusOf(ModelDocument model) => model.State switch
    {
        ModelState.Private => Status.Draft,
        ModelState.Published => Status.Published,
        ModelState.Withdrawn => Status.SentBack,
    };

    internal static string LearnedFromText(ModelView view) => view.LearnedFrom.Count == 0
        ? "rows that are not here"
        : string.Join(", ", view.LearnedFrom.Select(from => $"{from.Datanet?.Name ?? from.Version.DatanetId}, version {from.Version.Number}"));

    internal static GlyphKind Reached(ModelView view) => view.Answers > 0 ? GlyphKind.Answer : GlyphKind.Adapter;
}
