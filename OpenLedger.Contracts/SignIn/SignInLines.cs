namespace OpenLedger.Contracts.SignIn;

/// <summary>Walks the lines of a sign-in text from top to bottom. Knows the labels' form and no meaning.</summary>
internal sealed class SignInLines(string text)
{
    private readonly string[] _lines = text.Split('\n');
    private int _next;

    public bool AtEnd => _next >= _lines.Length;

    /// <summary>The line to come, or null behind the last one.</summary>
    public string? Peek => AtEnd ? null : _lines[_next];

    /// <exception cref="SignInRefusedException">No line is left.</exception>
    public string Take(string what) => AtEnd ? throw new SignInRefusedException($"ends before its {what}") : _lines[_next++];

    /// <summary>The rest of a line that must start with this label.</summary>
    /// <exception cref="SignInRefusedException">It does not.</exception>
    public string Labelled(string label)
    {
        string line = Take(label);
        return line.StartsWith(label + ": ", StringComparison.Ordinal)
            ? line[(label.Length + 2)..]
            : throw new SignInRefusedException($"line {_next} should be its {label}");
    }

    /// <summary>The same for a line that may be left out.</summary>
    public string? MaybeLabelled(string label) => Peek?.StartsWith(label + ": ", StringComparison.Ordinal) == true ? Labelled(label) : null;

    /// <exception cref="SignInRefusedException">The line has something on it.</exception>
    public void Empty()
    {
        if (Take("empty line").Length > 0) throw new SignInRefusedException($"line {_next} should be empty");
    }
}

/// <summary>A line is not as EIP-4361 wants it; caught by the parser and handed on as a value.</summary>
internal sealed class SignInRefusedException(string why) : Exception(why);
