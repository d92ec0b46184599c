using System.Linq.Expressions;
using LiteDB;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>Asks one collection by id or by an indexed field; answers are whole lists, never lazy. Knows no document.</summary>
public class DocumentQuery<T> where T : CatalogueDocument
{
    private readonly ILiteCollection<BsonDocument> _collection;
    private readonly CollectionShape _shape;

    internal DocumentQuery(LiteDatabase database, CollectionShape shape)
    {
        _collection = database.GetCollection(shape.Name);
        _shape = shape;
    }

    private protected ILiteCollection<BsonDocument> Collection => _collection;

    public T? Get(string id) => _collection.FindById(id) is BsonDocument found ? CatalogueMapper.FromBson<T>(found) : null;

    /// <exception cref="DocumentMissingException">There is none.</exception>
    public T Require(string id) => Get(id) ?? throw new DocumentMissingException(_shape.Name, id);

    public IReadOnlyList<T> All() => Read(_collection.FindAll());

    public int Count() => _collection.Count();

    /// <summary>Those whose indexed field is this value.</summary>
    /// <exception cref="UnindexedFieldException">The field has no index: a full scan would hide in it.</exception>
    public IReadOnlyList<T> Find<TField>(Expression<Func<T, TField>> field, TField value) =>
        Read(_collection.Find(Query.EQ(_shape.Indexed(field), CatalogueMapper.ValueToBson(value))));

    public int Count<TField>(Expression<Func<T, TField>> field, TField value) =>
        _collection.Count(Query.EQ(_shape.Indexed(field), CatalogueMapper.ValueToBson(value)));

    /// <summary>Those whose indexed list holds this value.</summary>
    /// <exception cref="UnindexedFieldException">The list has no index.</exception>
    public IReadOnlyList<T> FindContaining<TItem>(Expression<Func<T, IReadOnlyList<TItem>>> list, TItem item) =>
        Read(_collection.Find(Query.Any().EQ(_shape.Indexed(list), CatalogueMapper.ValueToBson(item))));

    private static List<T> Read(IEnumerable<BsonDocument> found) => [.. found.Select(CatalogueMapper.FromBson<T>)];
}
