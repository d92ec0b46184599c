namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Wires sign-in by wallet.</summary>
public static class SignInFeature
{
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(SignInOptions.From(builder.Configuration));
        builder.Services.AddSingleton<IssueNonce>();
        builder.Services.AddSingleton<WelcomePerson>();
        builder.Services.AddSingleton<AcceptSignIn>();
        return builder;
    }

    public static WebApplication MapSignIn(this WebApplication app)
    {
        SignInEndpoints.Map(app);
        return app;
    }
}
