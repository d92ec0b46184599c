namespace OpenLedger.Studio.Tests.Features.Export;

/// <summary>Tests whose hosts come and go quickly: each ends by closing the process's pooled connections, so none runs beside another host.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostsAlone
{
    public const string Name = "hosts alone";
}
