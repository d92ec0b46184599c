namespace OpenLedger.Engine.Retrieval;

/// <summary>How words become search terms.</summary>
public enum TextAnalysis
{
    /// <summary>Runs of letters and digits in lower case; an ideograph is a term by itself.</summary>
    Plain,

    /// <summary>English: common words left out, endings cut (Porter 1980).</summary>
    English,

    /// <summary>Italian: elisions and common words left out, endings cut (Savoy's light stemmer).</summary>
    Italian,
}
