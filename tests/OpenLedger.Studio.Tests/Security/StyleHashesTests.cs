using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Services;
using OpenLedger.Studio.Layout;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Tests.Security;

public partial class StyleHashesTests
{
    [Fact]
    public async Task The_policy_names_every_style_element_that_Mud_writes_for_our_theme()
    {
        HashSet<string> written = [.. await HashesAsync(dark: false), .. await HashesAsync(dark: true)];
        Assert.Equal(written.Order(StringComparer.Ordinal), StyleHashes.Known.Order(StringComparer.Ordinal));
    }

    private static async Task<IEnumerable<string>> HashesAsync(bool dark)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddMudServices();
        services.AddSingleton<IJSRuntime, NoScript>();
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using HtmlRenderer renderer = new(provider, provider.GetRequiredService<ILoggerFactory>());
        Dictionary<string, object?> parameters = new() { ["IsDarkMode"] = dark, ["Theme"] = StudioTheme.Value };
        string html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return StyleElement().Matches(html).Select(m => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(m.Groups[1].Value.ReplaceLineEndings("\n")))));
    }

    [GeneratedRegex("<style[^>]*>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleElement();

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => default;

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => default;
    }
}
