using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using OpenLedger.Studio.Features.Admin;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage;

namespace OpenLedger.Studio.Tests.Features.Admin;

public sealed class JobDashboardTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;
    private HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--Studio:Data", _folder.Path, "--Urls", "http://127.0.0.1:0", "--environment", "Production"]);
        builder.Logging.ClearProviders();
        builder.AddStorage().AddJobs().AddSecurity().AddAdmin();
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (context.Request.Headers["X-Test-Role"].ToString() is { Length: > 0 } role)
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "0x00000000000000000000000000000000000000aa"), new(ClaimTypes.Role, role)], "test"));
            return next(context);
        });
        _app.MapSecurity();
        _app.MapStorage().MapAdmin();
        await _app.StartAsync();
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, "/admin/jobs")]
    [InlineData(null, "/admin/jobs/recurring")]
    [InlineData(null, "/admin/jobs/stats")]
    [InlineData(Roles.Member, "/admin/jobs")]
    [InlineData(Roles.Member, "/admin/jobs/servers")]
    public async Task Nobody_but_an_admin_sees_the_executors_dashboard(string? role, string path)
    {
        using HttpResponseMessage answer = await AskAsync(role, path);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("Hangfire", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_admin_reads_it_and_can_do_nothing_there()
    {
        using HttpResponseMessage read = await AskAsync(Roles.Admin, "/admin/jobs");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using HttpRequestMessage act = new(HttpMethod.Post, "/admin/jobs/jobs/enqueued/delete") { Content = new FormUrlEncodedContent([new("jobs[]", "1")]) };
        act.Headers.Add("X-Test-Role", Roles.Admin);
        using HttpResponseMessage refused = await _client!.SendAsync(act);
        Assert.False(refused.IsSuccessStatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string? role, string path)
    {
        using HttpRequestMessage ask = new(HttpMethod.Get, path);
        if (role is not null) ask.Headers.Add("X-Test-Role", role);
        return await _client!.SendAsync(ask);
    }
}
