using OpenLedger.Studio.Features.Attribution;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Wires the chat page over serving, attribution and settlement.</summary>
public static class ChatFeature
{
    public static WebApplicationBuilder AddChat(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(ChatLimits.Read(builder.Configuration.GetSection("Studio:Chat")));
        services.AddSingleton<VersionRows>();
        services.AddSingleton<TrainingUse>();
        services.AddSingleton<AttributeAnswer>();
        services.AddSingleton<KeepMessage>();
        services.AddSingleton<AnswerQuestion>();
        services.AddSingleton<RunningAnswers>();
        services.AddSingleton<AskQuestion>();
        services.AddSingleton<ChangeChat>();
        services.AddSingleton<ReadChats>();
        services.AddSingleton<ReadEarned>();
        services.AddSingleton<ReadMoment>();
        services.AddSingleton<ReadPassage>();
        services.AddSingleton<SuggestQuestions>();
        services.AddScoped<CurrentAsker>();
        services.AddHostedService<MendCutAnswers>();
        return builder;
    }

    public static WebApplication MapChat(this WebApplication app)
    {
        app.Use((context, next) => GuestCookie.Apply(context, _ => next(context)));
        return app;
    }
}
