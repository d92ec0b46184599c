using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace OpenLedger.Studio.Tests.Components;

/// <summary>What a part needs around it: Mud's services and a browser that answers every script call with nothing.</summary>
public abstract class PartsTest : BunitContext
{
    protected PartsTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
    }
}
