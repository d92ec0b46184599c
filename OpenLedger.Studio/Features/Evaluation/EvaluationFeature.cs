using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Evaluation;

/// <summary>Wires the measuring of finished trainings.</summary>
public static class EvaluationFeature
{
    public static WebApplicationBuilder AddEvaluation(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<StartEvaluation>();
        services.AddSingleton<ReadEvaluation>();
        services.AddTransient<IJobBody, EvaluationJob>();
        return builder;
    }
}
