namespace OpenLedger.Engine.Tokenization;

/// <summary>A half-open stretch [Start, End) of a text; the unit is said by whoever hands it out.</summary>
public readonly record struct TextRange(int Start, int End)
{
    /// <summary>How many units the stretch holds.</summary>
    public int Length => End - Start;
}
