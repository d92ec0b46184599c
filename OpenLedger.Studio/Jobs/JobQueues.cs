namespace OpenLedger.Studio.Jobs;

/// <summary>The executor's two lines: heavy work one at a time, light work beside it.</summary>
internal static class JobQueues
{
    public const string Heavy = "heavy";
    public const string Light = "light";
}
