using OpenLedger.Studio.Chain;
namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Wires sign-in by wallet.</summary>
public static class SignInFeature
{
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => SignInOptions.From(builder.Configuration, services.GetRequiredService<ChainOptions>()));
        builder.Services.AddSingleton<IssueNonce>();
        builder.Services.AddSingleton<WelcomePerson>();
        builder.Services.AddSingleton<AcceptSignIn>();
        return builder;
    }

    public static WebApplication MapSignIn(this WebApplication app)
    {
        app.Services.GetRequiredService<SignInOptions>();   // a mistyped admin is a sentence at the start
        SignInEndpoints.Map(app);
        return app;
    }
}
