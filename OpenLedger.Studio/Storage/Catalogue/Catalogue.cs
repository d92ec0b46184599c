namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>
/// Datanets, models, chats, people and settings: what can be made again from files and the ledger. Money, jobs and sessions are not here.
/// A closure may touch several collections; a write is one transaction and holds no <c>await</c>.
/// </summary>
/// <example><c>catalogue.Read(c => c.Models.Find(m => m.Owner, owner))</c></example>
public sealed class Catalogue
{
    private readonly CatalogueFile _file;

    public Catalogue(CatalogueFile file)
    {
        _file = file;
        file.Write(database =>
        {
            foreach (CollectionShape shape in CatalogueShapes.All) shape.Ensure(database);
            return true;
        });
    }

    public T Read<T>(Func<CatalogueReading, T> read) => _file.Read(database => read(new CatalogueReading(database)));

    /// <summary>On disk when this returns.</summary>
    public T Write<T>(Func<CatalogueWriting, T> write) => _file.Write(database => write(new CatalogueWriting(database)));

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<CatalogueWriting> write) => _file.Write(database =>
    {
        write(new CatalogueWriting(database));
        return true;
    });
}
