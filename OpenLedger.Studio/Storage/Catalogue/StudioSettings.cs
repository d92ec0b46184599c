using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>What an admin set, by name, as JSON. Knows no setting: whoever reads one brings its default.</summary>
public sealed class StudioSettings(Catalogue catalogue, TimeProvider time)
{
    public T Read<T>(string name, T otherwise) =>
        catalogue.Read(c => c.Settings.Get(name)) is SettingDocument found ? System.Text.Json.JsonSerializer.Deserialize<T>(found.Value, CatalogueMapper.Json)! : otherwise;

    public void Write<T>(string name, T value, Address by) => catalogue.Write(c => c.Settings.Put(new SettingDocument
    {
        Id = name,
        Value = System.Text.Json.JsonSerializer.Serialize(value, CatalogueMapper.Json),
        SetBy = by,
        Updated = time.GetUtcNow().ToUnixTimeMilliseconds(),
    }));
}
