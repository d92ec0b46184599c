namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Wires sign-in by wallet.</summary>
public static class SignInFeature
{
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapSignIn(this WebApplication app) => app;
}
