using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Home;

/// <summary>Where am I in the loop, and what is the next step.</summary>
public sealed partial class HomePage : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private Person _person = Person.Visitor;
    private HomeView? _view;
    private bool _failed;

    [Inject] private ReadHome Home { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private ILogger<HomePage> Log { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _failed = false;
        try
        {
            _person = await Current.GetAsync();
            _view = await Home.ReadAsync(_person, _left.Token);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or IOException)
        {
            Log.LogError(error, "The first page could not be read");
            _failed = true;
        }
    }

    // By the server's clock: a person's own zone is not known here, and a wrong greeting is worse than a plain one.
    private string Greeting => TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Clock.LocalTimeZone).Hour switch
    {
        >= 5 and < 12 => "Good morning",
        >= 12 and < 18 => "Good afternoon",
        _ => "Good evening",
    };
}
