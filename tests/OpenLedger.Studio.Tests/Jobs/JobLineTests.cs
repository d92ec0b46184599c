using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Jobs;

public sealed class JobLineTests : BunitContext
{
    [Fact]
    public async Task A_job_that_ended_before_it_was_watched_once_left_its_page_waiting_for_ever()
    {
        using TemporaryFolder folder = new();
        await using JobsHost host = await JobsHost.StartAsync(folder.File("data"), new Nothing());
        Person person = new(OpenLedger.Contracts.Values.Address.Parse("0x00000000000000000000000000000000000000a1"), false);
        string job = await host.Enqueue.EnqueueAsync("nothing", person.Key, "", Xunit.TestContext.Current.CancellationToken);
        await host.UntilAsync(job, JobState.Finished);

        Services.AddSingleton(host.Read).AddSingleton(host.Control).AddSingleton(host.Feed);
        Services.AddSingleton(new CurrentPerson(new Known(person)));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        int over = 0;
        IRenderedComponent<JobLine> line = Render<JobLine>(set => set.Add(one => one.JobId, job).Add(one => one.OnOver, () => over++));
        line.WaitForAssertion(() => Assert.Equal(1, over));
    }

    private sealed class Nothing : IJobBody
    {
        public string Kind => "nothing";

        public Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel) => Task.FromResult<JobOutcome>(new JobOutcome.Finished());
    }

    private sealed class Known(Person person) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Key), new Claim(ClaimTypes.Role, Roles.Member)], "test"))));
    }
}
