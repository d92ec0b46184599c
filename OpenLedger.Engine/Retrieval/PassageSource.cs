namespace OpenLedger.Engine.Retrieval;

/// <summary>A row as the index takes it: its text, and whose it is. Knows nothing of how the row is kept.</summary>
/// <param name="RowId">The row's id, unique within its Datanet.</param>
/// <param name="Text">The row's whole text; every span counts from its start.</param>
/// <param name="Contributor">The address that earns by it.</param>
/// <param name="BodyStart">
/// Where passages begin. What stands before is the row's heading (the question of a question-and-answer row): it helps to find the row's passages and is part of none.
/// </param>
public sealed record PassageSource(string RowId, string Text, string Contributor, int BodyStart = 0)
{
    /// <summary>The text before the body, without white space around it.</summary>
    public string Heading => Text[..BodyStart].Trim();
}
