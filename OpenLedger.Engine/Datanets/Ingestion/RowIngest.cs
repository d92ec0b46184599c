using System.Globalization;
using OpenLedger.Engine.Datanets.Duplicates;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Turns a file into rows by a plan, one row in memory at a time, and reports what waits for a decision. Knows nothing of where rows go.</summary>
public sealed class RowIngest
{
    private const int TwinsShown = 50;

    private readonly SourceFile _file;
    private readonly IngestPlan _plan;
    private readonly IngestLimits _limits;
    private readonly RowBuilder _builder;
    private readonly RowMending _mending;
    private readonly Dictionary<Sha256Hash, int?> _seen = [];
    private readonly HashSet<string> _ids;
    private readonly NearDuplicateSearch _near = new();
    private readonly List<int> _numbers = [];
    private readonly List<RowProblem> _waiting = [];
    private readonly List<RowProblem> _worthALook = [];
    private readonly Dictionary<ProblemKind, int> _counts = [];
    private readonly List<DatanetRow> _preview = [];
    private readonly int[] _lengths = new int[10_000];
    private int _read;
    private int _good;
    private int _leftOut;
    private int _waitingRows;
    private bool _truncated;

    private RowIngest(SourceFile file, IngestPlan plan, IngestLimits limits)
    {
        (_file, _plan, _limits) = (file, plan, limits);
        _builder = new(plan.Mapping, limits);
        _mending = new(file, plan.Mends);
        _ids = [.. plan.Existing.Select(row => row.Id)];
        foreach (DatanetRow row in plan.Existing)
        {
            _seen.TryAdd(RowFingerprint.Of(row.AsPassageText()), null);
            _near.Add(row.AsPassageText());
        }
    }

    /// <summary>Reads the file through.</summary>
    /// <param name="file">Opened by <see cref="SourceFile.Open"/>.</param>
    /// <param name="plan">Its mapping must be without faults.</param>
    /// <param name="take">Gets each good row in order; null only to look.</param>
    /// <param name="limits">Null for the default.</param>
    /// <param name="cancel">Between any two rows.</param>
    /// <exception cref="ArgumentException">The mapping has faults.</exception>
    public static IngestReport Run(SourceFile file, IngestPlan plan, Action<DatanetRow>? take, IngestLimits? limits, CancellationToken cancel)
    {
        if (plan.Mapping.Faults is [string fault, ..]) throw new ArgumentException(fault, nameof(plan));
        RowIngest ingest = new(file, plan, limits ?? IngestLimits.Default);
        ingest.ReadAll(take, cancel);
        return ingest.Report(cancel);
    }

    private void ReadAll(Action<DatanetRow>? take, CancellationToken cancel)
    {
        foreach (SourceRow source in _file.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            _truncated = _read == _limits.Rows;
            if (_truncated) break;
            _read++;
            if (Judge(source) is DatanetRow row) Take(row, source.Number, take);
        }
    }

    // The row, if it can be taken; else it is counted as left out or waiting.
    private DatanetRow? Judge(SourceRow source)
    {
        if (_mending.LeavesOut(source.Number)) return LeaveOut();
        SourceRow mended = _mending.Apply(source);
        RowDraft draft = _builder.Build(mended);
        if (!draft.Wanted) return LeaveOut();
        List<RowProblem> open = [.. draft.Problems.Where(problem => !IsSettled(problem))];
        DatanetRow? row = open.Exists(problem => problem.Blocks) ? null : RowOf(draft, source, open);
        open.ForEach(Note);
        if (row is null) _waitingRows++;
        return row;
    }

    private DatanetRow? LeaveOut()
    {
        _leftOut++;
        return null;
    }

    // Keeping a row settles what can be kept; nothing can be kept of an empty answer.
    private bool IsSettled(RowProblem problem) => _mending.Keeps(problem.Row) && problem.Mends.Any(mend => mend.Action == MendAction.Keep);

    private DatanetRow? RowOf(RowDraft draft, SourceRow source, List<RowProblem> open)
    {
        DatanetRow row = new("", draft.Turns, draft.Text, _plan.Contributor, draft.Source, draft.SourceUrl) { Rejected = draft.Rejected, Liked = draft.Liked };
        Sha256Hash fingerprint = RowFingerprint.Of(row.AsPassageText());
        if (_seen.TryGetValue(fingerprint, out int? earlier) && !_mending.Keeps(source.Number)) open.Add(Twice(source, row, earlier));
        if (draft.Id is string id && _ids.Contains(id) && !_mending.Keeps(source.Number)) open.Add(IdTwice(source, id));
        if (open.Exists(problem => problem.Blocks)) return null;
        _seen.TryAdd(fingerprint, source.Number);
        return row with { Id = FreeId(draft.Id ?? fingerprint.Hex[..12]) };
    }

    private static RowProblem Twice(SourceRow source, DatanetRow row, int? earlier) =>
        new(source.Number, source.Line, null, ProblemKind.ExactDuplicate,
            earlier is int number ? $"Says the same as row {number}. A second copy earns nothing." : "Says the same as a row of this Datanet. A second copy earns nothing.",
            RowProblem.Cut(row.AsPassageText()), [new(MendAction.LeaveOut, "Keep the first"), new(MendAction.Keep, "Keep both")]);

    private RowProblem IdTwice(SourceRow source, string id) =>
        new(source.Number, source.Line, _plan.Mapping.ColumnOf(ColumnRole.Id), ProblemKind.IdTwice, $"The id '{id}' is taken by another row.", null,
            [new(MendAction.Keep, "Give it a new id"), MendOption.LeaveOut]);

    private string FreeId(string wanted)
    {
        string id = wanted;
        for (int copy = 2; !_ids.Add(id); copy++) id = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{copy}");
        return id;
    }

    private void Take(DatanetRow row, int number, Action<DatanetRow>? take)
    {
        _good++;
        string text = row.AsPassageText();
        _numbers.Add(number);
        _near.Add(text);
        _lengths[Math.Min(RowFingerprint.WordsOf(text).Count, _lengths.Length - 1)]++;
        if (_preview.Count < _limits.RowsShown) _preview.Add(row);
        take?.Invoke(row);
    }

    private void Note(RowProblem problem)
    {
        _counts[problem.Kind] = _counts.GetValueOrDefault(problem.Kind) + 1;
        List<RowProblem> shown = problem.Blocks ? _waiting : _worthALook;
        if (shown.Count < _limits.ProblemsShown) shown.Add(problem);
    }

    private IngestReport Report(CancellationToken cancel)
    {
        // Rows that were kept on purpose, and pairs that were in the Datanet before, are nobody's question any more.
        List<NearPair> pairs = [.. _near.Find(cancel).Where(pair => NumberOf(pair.Later) is int later && !_mending.Keeps(later))];
        return new(_read, _good, _leftOut, _waitingRows, _truncated,
            [.. _waiting.Concat(_worthALook).Take(_limits.ProblemsShown)], _counts,
            TwinsOf(pairs), pairs.Count, _preview, MedianLength());
    }

    private int? NumberOf(int added) => added < _plan.Existing.Count ? null : _numbers[added - _plan.Existing.Count];

    // The texts were not kept: the file is read once more for the pairs that are shown.
    private List<NearTwin> TwinsOf(List<NearPair> pairs)
    {
        List<NearPair> shown = [.. pairs.Take(TwinsShown)];
        HashSet<int> wanted = [.. shown.SelectMany(pair => new[] { NumberOf(pair.Earlier), NumberOf(pair.Later) }).OfType<int>()];
        if (wanted.Count == 0) return [];
        Dictionary<int, string> texts = _file.Rows().Take(_read).Where(source => wanted.Contains(source.Number)).ToDictionary(source => source.Number, TextOf);
        return [.. shown.Select(pair => new NearTwin(
            NumberOf(pair.Later)!.Value, NumberOf(pair.Earlier), pair.Alike,
            NumberOf(pair.Earlier) is int earlier ? texts[earlier] : _plan.Existing[pair.Earlier].AsPassageText(),
            texts[NumberOf(pair.Later)!.Value]))];
    }

    private string TextOf(SourceRow source)
    {
        RowDraft draft = _builder.Build(_mending.Apply(source));
        return new DatanetRow("", draft.Turns, draft.Text, _plan.Contributor).AsPassageText();
    }

    private int MedianLength()
    {
        int left = _good / 2;
        for (int words = 0; words < _lengths.Length; words++)
        {
            left -= _lengths[words];
            if (left < 0) return words;
        }
        return 0;
    }
}
