namespace OpenLedger.Studio.Jobs;

/// <summary>Which kinds of job there are, and who does each. Knows nothing of rows.</summary>
public sealed class JobBodies(IServiceProvider services)
{
    private readonly Lazy<Dictionary<string, bool>> _heavy = new(() =>
    {
        using IServiceScope scope = services.CreateScope();
        return scope.ServiceProvider.GetServices<IJobBody>().ToDictionary(body => body.Kind, body => body.IsHeavy);
    });

    /// <exception cref="UnknownJobKindException">No feature does it.</exception>
    public void Require(string kind) => IsHeavy(kind);

    public bool IsHeavy(string kind) => _heavy.Value.TryGetValue(kind, out bool heavy) ? heavy : throw new UnknownJobKindException(kind);

    public bool Knows(string kind) => _heavy.Value.ContainsKey(kind);
}

/// <summary>Work was asked for that no feature does.</summary>
public sealed class UnknownJobKindException(string kind) : Exception($"no feature of this Studio does jobs of the kind '{kind}'");
