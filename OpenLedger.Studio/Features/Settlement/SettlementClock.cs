namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Looks now and then whether a settlement is due; before the first look it gives back what a dead process had set aside. Knows no amounts.</summary>
internal sealed class SettlementClock(StartSettlement start, Balances balances, SettlementOptions options, TimeProvider time, ILogger<SettlementClock> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await balances.ReleaseAllAsync(cancellationToken); // before the first answer of this process can set anything aside
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            await start.IfDueAsync(cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "It could not be seen whether a settlement is due; the next look is in {Wait}", options.LookEvery);
        }
    }
}
