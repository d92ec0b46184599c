using LiteDB;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>One collection inside a write. Knows no document.</summary>
public sealed class DocumentSet<T> : DocumentQuery<T> where T : CatalogueDocument
{
    internal DocumentSet(LiteDatabase database, CollectionShape shape) : base(database, shape)
    {
    }

    /// <summary>Adds it, or takes the place of the one with its id.</summary>
    public void Put(T document) => Collection.Upsert(CatalogueMapper.ToBson(document));

    /// <summary>Adds it unless its id is taken.</summary>
    /// <returns>False where one was there: it is left as it is.</returns>
    public bool TryAdd(T document)
    {
        if (Collection.FindById(document.Id) is not null) return false;
        Collection.Insert(CatalogueMapper.ToBson(document));
        return true;
    }

    /// <summary>Replaces the document by what <paramref name="change"/> makes of it.</summary>
    /// <exception cref="DocumentMissingException">There is none.</exception>
    public T Change(string id, Func<T, T> change)
    {
        T changed = change(Require(id));
        Put(changed);
        return changed;
    }

    public bool Remove(string id) => Collection.Delete(id);
}
