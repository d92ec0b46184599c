namespace OpenLedger.Studio.Storage;

/// <summary>Wires the catalogue, the ledger database and the files.</summary>
public static class StorageSetup
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapStorage(this WebApplication app) => app;
}
