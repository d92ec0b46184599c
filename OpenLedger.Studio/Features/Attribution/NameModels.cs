using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Says what a receipt's model is called. Changes nothing.</summary>
public sealed class NameModels(Catalogue catalogue)
{
    /// <summary>The name it has now; its id where it is not here any more.</summary>
    public string Of(string modelId) => catalogue.Read(c => c.Models.Get(modelId) is ModelDocument model ? model.Name : modelId);
}
