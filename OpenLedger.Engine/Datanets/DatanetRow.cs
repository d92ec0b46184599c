using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Datanets;

/// <summary>One row of a Datanet: a conversation or a text, and whose it is. Knows nothing of the file it came from.</summary>
/// <param name="Id">Unique within its Datanet.</param>
/// <param name="Turns">The conversation in order; empty for plain text.</param>
/// <param name="Text">The text of a plain-text row; null for a conversation.</param>
/// <param name="Contributor">The address whose data this is, and who earns by it.</param>
/// <param name="Source">Where the contributor has it from, in words.</param>
/// <param name="SourceUrl">Where it can be read at its source.</param>
public sealed record DatanetRow(string Id, IReadOnlyList<ChatTurn> Turns, string? Text, string Contributor, string? Source = null, string? SourceUrl = null)
{
    /// <summary>An answer that was not preferred to the last turn; null where none was compared.</summary>
    public string? Rejected { get; init; }

    /// <summary>Whether the last turn got a thumb up (true) or down (false); null where it got none.</summary>
    public bool? Liked { get; init; }

    /// <summary>The row's leaf in its version's tree: RFC 6962's leaf hash over the row's canonical JSON.</summary>
    [JsonIgnore]
    public Sha256Hash Leaf => MerkleTree.LeafOf(CanonicalJson.SerializeToUtf8(this));

    /// <summary>The row as a passage to retrieve: the text, or what was said, a paragraph a turn; instructions to the model are no content and stay out.</summary>
    public string AsPassageText() =>
        Text ?? string.Join("\n\n", Turns.Where(turn => turn.Role != ChatTurn.System).Select(turn => turn.Content));
}
