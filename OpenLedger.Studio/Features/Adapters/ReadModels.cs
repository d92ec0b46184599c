using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>The models a person may see, with what became of them. Changes nothing.</summary>
public sealed class ReadModels(Catalogue catalogue, LedgerReader ledger, RowHistory history)
{
    /// <summary>All of them: newest adapters first, then the bases by name.</summary>
    public async Task<IReadOnlyList<ModelView>> AllAsync(Person person, CancellationToken cancel)
    {
        IReadOnlyList<ModelView> seen = catalogue.Read<IReadOnlyList<ModelView>>(c =>
            [.. c.Models.All().Where(model => AdapterRules.MaySee(model, person)).Select(model => View(c, model))]);
        return await ledger.ReadAsync<IReadOnlyList<ModelView>>(async db =>
        {
            List<ModelView> all = [];
            foreach (ModelView view in seen) all.Add(await WithFiguresAsync(db, view, cancel));
            return [.. all.OrderBy(view => view.Model.Kind == ModelKind.Base).ThenByDescending(view => view.Model.Created)];
        });
    }

    /// <summary>One of them, or null: what is not to be seen is not there.</summary>
    public async Task<ModelView?> FindAsync(Person person, string id, CancellationToken cancel)
    {
        ModelView? view = catalogue.Read(c => AdapterRules.Find(c, id, person) is ModelDocument model ? View(c, model) : null);
        if (view is null) return null;
        ModelView known = view with { RowsLearned = view.Model.Kind == ModelKind.Adapter ? RowsOf(view.Model) : 0, Selling = catalogue.Read(c => SellingRule.Of(c, view.Model)) };
        return await ledger.ReadAsync(db => WithFiguresAsync(db, known, cancel));
    }

    /// <summary>The adapters on a base that a person may see, by name.</summary>
    public IReadOnlyList<ModelDocument> AdaptersOn(Person person, string baseId) => catalogue.Read<IReadOnlyList<ModelDocument>>(c =>
        [.. c.Models.Find(model => model.BaseId, baseId).Where(model => model.Kind == ModelKind.Adapter && AdapterRules.MaySee(model, person)).OrderBy(model => model.Name, StringComparer.OrdinalIgnoreCase)]);

    private int? RowsOf(ModelDocument adapter)
    {
        try
        {
            return history.Of(adapter) is { Count: > 0 } rows ? rows.Count : null;
        }
        catch (TrainingException)
        {
            return null; // what it was combined from is not here any more, and its rows with it
        }
    }

    private static ModelView View(CatalogueReading c, ModelDocument model) => new(
        model,
        model.BaseId is string baseId ? c.Models.Get(baseId) : null,
        [.. model.DatanetVersionIds.Select(c.Versions.Get).OfType<DatanetVersionDocument>().Select(version => new LearnedFrom(version, c.Datanets.Get(version.DatanetId)))],
        c.Models.Find(other => other.BaseId, model.Id).Count(other => other.Kind == ModelKind.Adapter), null, 0, Wei.Zero);

    private static async Task<ModelView> WithFiguresAsync(LedgerContext db, ModelView view, CancellationToken cancel)
    {
        string id = view.Model.Id, key = PublishAdapter.OutboxKey(id);
        OutboxRow? registration = await db.Outbox.FirstOrDefaultAsync(row => row.Key == key, cancel);
        int answers = await db.Receipts.CountAsync(receipt => receipt.ModelId == id, cancel);
        List<Wei> fees = await db.Receipts.Where(receipt => receipt.ModelId == id).Select(receipt => receipt.Fee).ToListAsync(cancel);
        return view with { Registration = registration, Answers = answers, Fees = fees.Aggregate(Wei.Zero, (sum, fee) => sum + fee) };
    }
}

/// <summary>A model with what it stands on, what it learned from and what it earned.</summary>
/// <param name="Base">Under an adapter; null for a base.</param>
/// <param name="AdaptersOnIt">How many adapters stand on it.</param>
/// <param name="Registration">Its way onto the chain; null where nobody asked for it.</param>
/// <param name="Answers">Calls it answered.</param>
/// <param name="Fees">What those calls cost together.</param>
public sealed record ModelView(
    ModelDocument Model, ModelDocument? Base, IReadOnlyList<LearnedFrom> LearnedFrom, int AdaptersOnIt, OutboxRow? Registration, int Answers, Wei Fees)
{
    /// <summary>How many rows its training log names; null where none is kept, or where it was not counted: lists do not.</summary>
    public int? RowsLearned { get; init; }

    /// <summary>What its licences say about selling its answers; nothing where it was not asked: lists do not.</summary>
    public SellingTerms Selling { get; init; } = new([], []);
}

/// <summary>A Datanet version that an adapter was trained on.</summary>
/// <param name="Datanet">Null where it is not here any more.</param>
public sealed record LearnedFrom(DatanetVersionDocument Version, DatanetDocument? Datanet);
