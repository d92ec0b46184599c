namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Wires the sixth stage: balances, payout batches and claims.</summary>
public static class SettlementFeature
{
    public static WebApplicationBuilder AddSettlement(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(SettlementOptions.Read(builder.Configuration.GetSection("Studio:Settlement")));
        services.AddSingleton<Balances>();
        services.AddSingleton<ChargeCall>();
        services.AddSingleton<CheckLedger>();
        services.AddSingleton<CollectBatch>();
        services.AddSingleton<ReadRewards>();
        return builder;
    }

    public static WebApplication MapSettlement(this WebApplication app) => app;
}
