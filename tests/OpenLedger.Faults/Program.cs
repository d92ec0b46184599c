using OpenLedger.Faults;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The tests start this program again in a role of its own, to kill it.
if (Environment.GetEnvironmentVariable(CrashWriter.Role) is string stores) await CrashWriter.WriteAsync(stores);
if (Environment.GetEnvironmentVariable(StudioLife.Role) is string studio) await StudioLife.LiveAsync(studio);
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
