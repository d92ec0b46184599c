using OpenLedger.Contracts;
using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Chain;

/// <summary>Wires the chain client, the development chain and its gateway.</summary>
public static class ChainSetup
{
    public static WebApplicationBuilder AddChain(this WebApplicationBuilder builder)
    {
        ChainOptions options = builder.Configuration.GetSection("Studio:Chain").Get<ChainOptions>() ?? new ChainOptions();
        IServiceCollection services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<ChainHttp>();
        services.AddSingleton(provider => OperatorKey.LoadOrCreate(Path.Combine(provider.GetRequiredService<StudioFolders>().Keys, "operator.key")));
        services.AddSingleton(provider => new StudioChain(provider.GetRequiredService<OperatorKey>(), new ChainId(options.Id)));
        services.AddSingleton<IChain>(provider => provider.GetRequiredService<StudioChain>());
        services.AddSingleton<StartChain>();
        services.AddHostedService(provider => provider.GetRequiredService<StartChain>());
        services.AddSingleton<SendOutbox>();
        services.AddHostedService(provider => provider.GetRequiredService<SendOutbox>());
        services.AddSingleton<FundWallet>();
        services.AddSingleton<ReadChainState>();
        services.AddSingleton<RpcGateway>();
        services.AddSingleton<IDataAvailability>(provider => options.EigenDa is Uri proxy
            ? new EigenDaClient(provider.GetRequiredService<ChainHttp>().Client, proxy)
            : new MemstoreStandIn(Path.Combine(provider.GetRequiredService<StudioFolders>().Chain, "availability")));
        return builder;
    }

    public static WebApplication MapChain(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ChainOptions>().IsDevelopment) app.MapRpc();
        return app;
    }
}
