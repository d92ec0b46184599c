namespace OpenLedger.Studio.Chain;

/// <summary>Wires the chain client, the development chain and its gateway.</summary>
public static class ChainSetup
{
    public static WebApplicationBuilder AddChain(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapChain(this WebApplication app) => app;
}
