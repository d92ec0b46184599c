using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A field for a number. Says what is wrong with it only when told: ranges are the use case's to know.</summary>
/// <typeparam name="T">int, long, double or their nullable forms.</typeparam>
public partial class NumberField<T>
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public bool LabelHidden { get; set; }

    [Parameter] public string? Help { get; set; }

    [Parameter] public string? Error { get; set; }

    [Parameter] public RenderFragment? ErrorAction { get; set; }

    [Parameter] public T? Value { get; set; }

    [Parameter] public EventCallback<T> ValueChanged { get; set; }

    [Parameter] public T? Min { get; set; }

    [Parameter] public T? Max { get; set; }

    [Parameter] public T? Step { get; set; }

    [Parameter] public string? Format { get; set; }

    [Parameter] public bool Immediate { get; set; }

    [Parameter] public bool Disabled { get; set; }

    // MudNumericField takes default(T) for a bound or a step as the number zero: what is left out falls back to the type's own range.
    public override Task SetParametersAsync(ParameterView parameters)
    {
        Min ??= Bound("MinValue");
        Max ??= Bound("MaxValue");
        return base.SetParametersAsync(parameters);
    }

    private static T? Bound(string name) => (T?)(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)).GetField(name)?.GetValue(null);
}
