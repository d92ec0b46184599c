using System.Globalization;
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

    // Mud takes default(T) for a bound as the number zero: what is left out is the type's own range.
    [Parameter] public T? Min { get; set; } = Bound("MinValue");

    [Parameter] public T? Max { get; set; } = Bound("MaxValue");

    [Parameter] public T? Step { get; set; } = (T)Convert.ChangeType(1, Number, CultureInfo.InvariantCulture);

    [Parameter] public string? Format { get; set; }

    [Parameter] public bool Immediate { get; set; }

    [Parameter] public bool Disabled { get; set; }

    private static Type Number => Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

    private static T? Bound(string name) => (T?)Number.GetField(name)?.GetValue(null);
}
