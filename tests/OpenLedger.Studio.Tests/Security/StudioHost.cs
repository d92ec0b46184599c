using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace OpenLedger.Studio.Tests.Security;

/// <summary>The whole Studio inside the test, with a data folder of its own and a chain that never answers.</summary>
public sealed class StudioHost : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder _folder = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Studio:Data", _folder.Path);
        builder.UseSetting("Studio:Chain:Rpc", "http://127.0.0.1:9/");
        builder.ConfigureLogging(logging => logging.ClearProviders());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _folder.Dispose();
    }
}
