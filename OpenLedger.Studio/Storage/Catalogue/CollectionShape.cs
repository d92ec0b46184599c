using System.Linq.Expressions;
using LiteDB;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>A collection's name and the fields it is indexed by. Knows nothing of what is in it.</summary>
internal sealed class CollectionShape(string name, IReadOnlyList<string> fields, IReadOnlyList<string> lists)
{
    public string Name => name;

    public void Ensure(LiteDatabase database)
    {
        ILiteCollection<BsonDocument> collection = database.GetCollection(name);
        foreach (string field in fields) collection.EnsureIndex(field, $"$.{field}");
        foreach (string list in lists) collection.EnsureIndex(list, $"$.{list}[*]");
    }

    /// <summary>The expression LiteDB knows the index of this field by.</summary>
    public string Indexed(LambdaExpression field)
    {
        string member = field.Body is MemberExpression { Member.Name: string found } ? found : throw new ArgumentException($"'{field}' names no field of {name}", nameof(field));
        if (fields.Contains(member)) return $"$.{member}";
        if (lists.Contains(member)) return $"$.{member}[*]";
        throw new UnindexedFieldException(name, member);
    }
}

/// <summary>A query asked for a field without an index.</summary>
public sealed class UnindexedFieldException(string collection, string field) : Exception($"the catalogue's {collection} are not indexed by {field}: add it to {nameof(CatalogueShapes)}");

/// <summary>A document that must be there is not.</summary>
public sealed class DocumentMissingException(string collection, string id) : Exception($"there is no '{id}' among the catalogue's {collection}")
{
    public string Id { get; } = id;
}
