namespace OpenLedger.Engine.Templates;

/// <summary>Names of one block and, behind it, those of the blocks around it.</summary>
internal sealed class TemplateScope(TemplateScope? outer)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public void Set(string name, object? value) => _values[name] = value;

    public object? Find(string name)
    {
        for (TemplateScope? scope = this; scope is not null; scope = scope.Outer)
            if (scope._values.TryGetValue(name, out object? value)) return value;
        return new Undefined($"'{name}'");
    }

    private TemplateScope? Outer { get; } = outer;
}
