namespace OpenLedger.Studio.Features.Chat;

/// <summary>Wires the chat page over serving, attribution and settlement.</summary>
public static class ChatFeature
{
    public static WebApplicationBuilder AddChat(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapChat(this WebApplication app) => app;
}
