using OpenLedger.Studio.Jobs;

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
        services.AddSingleton<SendActs>();
        services.AddSingleton<SettleBatch>();
        services.AddSingleton<StartSettlement>();
        services.AddSingleton<BookChainEvent>();
        services.AddSingleton<ReadRewards>();
        services.AddSingleton<PrepareClaim>();
        services.AddSingleton<PrepareDeposit>();
        services.AddSingleton<ReadWallet>();
        services.AddSingleton<AwaitTransaction>();
        services.AddScoped<WalletLink>();
        services.AddTransient<IJobBody, SettlementJob>();
        services.AddHostedService<SettlementClock>();
        services.AddSingleton<FollowChain>();
        services.AddHostedService(provider => provider.GetRequiredService<FollowChain>());
        return builder;
    }

    public static WebApplication MapSettlement(this WebApplication app) => app;
}
