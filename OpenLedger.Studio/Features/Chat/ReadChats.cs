using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>An asker's chats, and what may be chosen in them. Changes nothing.</summary>
public sealed class ReadChats(Catalogue catalogue, PriceOfCall price, Embedder embedder)
{
    /// <summary>The newest first.</summary>
    public IReadOnlyList<ChatDocument> All(ChatAsker asker) => asker.Key.Length == 0 ? [] : catalogue.Read<IReadOnlyList<ChatDocument>>(c => [.. c.Chats.Find(chat => chat.Owner, asker.Key).OrderByDescending(chat => chat.Updated)]);

    /// <summary>Null where there is none, or where it is somebody else's.</summary>
    public ChatDocument? Find(ChatAsker asker, string id) => catalogue.Read(c => ChatAccess.Find(c, id, asker));

    /// <summary>Models that answer from passages first, then other adapters, then bases; moments of one's trainings last, so that no chat begins with one unasked.</summary>
    public ChatChoices Choices(ChatAsker asker) => catalogue.Read(c => new ChatChoices(
        [.. c.Models.All().Where(model => AdapterRules.MaySee(model, asker.Person)).OrderBy(model => model.Kind switch { ModelKind.Adapter => 0, ModelKind.Base => 1, ModelKind.Moment => 2 }).ThenBy(model => !model.Grounded).ThenByDescending(model => model.Created)
            .Select(model => new ChatModelChoice(model, price.About(model)))],
        embedder.IsThere ? [.. c.Datanets.All().Where(datanet => ChatAccess.MayLookUp(c, datanet, asker)).OrderBy(datanet => datanet.Name, StringComparer.OrdinalIgnoreCase)] : []));
}

/// <summary>What may be chosen.</summary>
public sealed record ChatChoices(IReadOnlyList<ChatModelChoice> Models, IReadOnlyList<DatanetDocument> Datanets)
{
    /// <summary>What a new chat begins with: a model that answers from passages and the rows it learned on, where there is one.</summary>
    public ChatSettings? Usual(string? modelId)
    {
        if ((Models.FirstOrDefault(choice => choice.Model.Id == modelId) ?? Models.FirstOrDefault()) is not { Model: ModelDocument model }) return null;
        string[] own = [.. Datanets.Where(datanet => model.DatanetIds.Contains(datanet.Id)).Select(datanet => datanet.Id)];
        if (own.Length == 0) own = [.. Datanets.Take(1).Select(datanet => datanet.Id)];
        return new ChatSettings { ModelId = model.Id, UsePassages = own.Length > 0, DatanetIds = own, Temperature = model.Grounded ? 0 : 0.7, TopP = model.Grounded ? 1 : 0.95 };
    }
}

/// <summary>A model with what a usual answer of it costs.</summary>
public sealed record ChatModelChoice(ModelDocument Model, Wei About);
