using OpenLedger.Studio;
using OpenLedger.Studio.Features.Training;

if (StarterAdapter.TryRun(args)) return;
await StudioApp.Build(args).RunAsync();
