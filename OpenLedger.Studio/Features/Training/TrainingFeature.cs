using OpenLedger.Studio.Features.Training.Sweeps;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Wires the second stage: runs that tune an adapter.</summary>
public static class TrainingFeature
{
    public static WebApplicationBuilder AddTraining(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<BaseModels>();
        services.AddSingleton<TrainableDatanets>();
        services.AddSingleton<TrainingRows>();
        services.AddSingleton<TrainingMoments>();
        services.AddSingleton<TrainingStarts>();
        services.AddSingleton<RowHistory>();
        services.AddSingleton<KeepStart>();
        services.AddSingleton<KeepMoment>();
        services.AddSingleton<CheckTraining>();
        services.AddSingleton<EstimateTraining>();
        services.AddSingleton<ReadyTraining>();
        services.AddSingleton<StartTraining>();
        services.AddSingleton<CheckSweep>();
        services.AddSingleton<EstimateSweep>();
        services.AddSingleton<StartSweep>();
        services.AddSingleton<ReadSweep>();
        services.AddSingleton<StopSweep>();
        services.AddSingleton<ReadTraining>();
        services.AddSingleton<KeepAdapter>();
        services.AddTransient<IJobBody, TrainingJob>();
        return builder;
    }

    public static WebApplication MapTraining(this WebApplication app) => app;
}
