namespace OpenLedger.Studio.Components;

/// <summary>The names that join a control to its label, help and error.</summary>
/// <param name="Input">The control's id.</param>
/// <param name="DescribedBy">Ids of help and error, for aria-describedby.</param>
/// <param name="Invalid">Whether an error stands under it.</param>
public sealed record FieldIds(string Input, string? DescribedBy, bool Invalid)
{
    /// <summary>As attributes for a control that takes them splatted.</summary>
    public Dictionary<string, object?> Attributes => new()
    {
        ["aria-describedby"] = DescribedBy,
        ["aria-invalid"] = Invalid ? "true" : null,
    };
}
