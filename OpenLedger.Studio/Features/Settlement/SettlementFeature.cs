namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Wires the sixth stage: balances, payout batches and claims.</summary>
public static class SettlementFeature
{
    public static WebApplicationBuilder AddSettlement(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapSettlement(this WebApplication app) => app;
}
