using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Studio.Features.Serving;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>What a chat keeps of an answer's passages and of the check of its sentences, as JSON in the message. Knows no money.</summary>
/// <param name="Passages">In the order of the prompt; empty where nothing relevant was found.</param>
/// <param name="Sentences">In the order of the answer.</param>
/// <param name="Runs">Words that answer and passage share.</param>
/// <param name="Nearest">What was turned down, where nothing relevant was found.</param>
public sealed record AnswerNotes(
    IReadOnlyList<NotedPassage> Passages, IReadOnlyList<NotedSentence> Sentences, IReadOnlyList<NotedRun> Runs, NotedPassage? Nearest)
{
    public bool NothingRelevant => Passages.Count == 0;

    /// <summary>Whether a passage says a sentence of the answer; without one, all that is known is that they were looked up.</summary>
    public bool IsSupported => Sentences.Any(sentence => sentence.Verdict == SupportVerdict.Supported);

    /// <summary>Null where nothing was to be looked up.</summary>
    public static AnswerNotes? Of(PreparedAnswer prepared, AnswerSupport? support) => prepared.Found is not RetrievalResult found ? null : new(
        [.. found.Passages.Select(passage => NotedPassage.Of(passage, prepared))],
        [.. support?.Sentences.Select(sentence => new NotedSentence(sentence.Span.Start, sentence.Span.Length, sentence.Verdict, sentence.Passage, sentence.Evidence?.Start ?? 0, sentence.Evidence?.Length ?? 0)) ?? []],
        [.. support?.Runs.Select(run => new NotedRun(run.Answer.Start, run.Answer.Length, run.Passage, run.Row.Start, run.Row.Length)) ?? []],
        found is { NothingRelevant: true, Nearest: RetrievedPassage nearest } ? NotedPassage.Of(nearest, prepared) : null);

    public string ToJson() => CanonicalJson.Serialize(this);

    public static AnswerNotes? Read(string? json) => json is null ? null : CanonicalJson.Read<AnswerNotes>(json);
}

/// <summary>A passage of an answer.</summary>
/// <param name="Version">The number of the version it was found in.</param>
/// <param name="Start">Where it begins in the row's text.</param>
/// <param name="Match">How well it answers the question, as the threshold measures it, 1 at best.</param>
public sealed record NotedPassage(string DatanetId, int Version, string RowId, string Heading, string Text, int Start, string Contributor, double Match)
{
    /// <summary>The row across Datanets, as receipts and shares name it.</summary>
    public string Row => $"{DatanetId}/{RowId}";

    /// <summary>What a match counts from, on the scale where 1 is the best there can be.</summary>
    public static double Threshold => new RelevanceRule().Threshold / Best;

    private static double Best => 1 + new RelevanceRule().CoverageWeight;

    internal static NotedPassage Of(RetrievedPassage passage, PreparedAnswer prepared)
    {
        RelevanceRule rule = new();
        int version = prepared.Request.Versions.First(one => one.DatanetId == passage.DatanetId && one.Root == passage.VersionRoot).Number;
        return new(
            passage.DatanetId, version, passage.Passage.RowId, passage.Passage.Heading, passage.Passage.Text, passage.Passage.Span.Start, passage.Passage.Contributor,
            (passage.Cosine + rule.CoverageWeight * passage.Coverage) / Best);
    }
}

/// <summary>A sentence of an answer and what the check said.</summary>
/// <param name="Passage">From 0; null where nothing is claimed.</param>
/// <param name="EvidenceStart">Where what supports it stands in the row's text.</param>
public sealed record NotedSentence(int Start, int Length, SupportVerdict Verdict, int? Passage, int EvidenceStart, int EvidenceLength);

/// <summary>Words in common.</summary>
/// <param name="Start">In the answer.</param>
/// <param name="RowStart">In the row's text.</param>
public sealed record NotedRun(int Start, int Length, int Passage, int RowStart, int RowLength);
