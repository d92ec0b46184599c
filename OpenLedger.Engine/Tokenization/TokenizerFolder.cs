namespace OpenLedger.Engine.Tokenization;

/// <summary>Where a model's folder keeps its words: tokenizer.json, else tokenizer.model. Knows nothing of what stands in them.</summary>
internal static class TokenizerFolder
{
    private const long LargestFile = 256 << 20; // bytes

    /// <summary>Whether a tokenizer.model gives the words.</summary>
    public static bool IsSentencePiece(string folder) => !File.Exists(Path.Combine(folder, "tokenizer.json")) && File.Exists(Path.Combine(folder, "tokenizer.model"));

    /// <summary>The tokens that begin and end a text by a tokenizer.model and the settings beside it.</summary>
    public static (string? Begin, string? End) Marks(string folder)
    {
        SentencePieceFolder read = SentencePieceFolder.Read(folder);
        return (read.Begin, read.End);
    }

    /// <summary>The tokenizer.json, or the one that means what the tokenizer.model does; null where there is neither.</summary>
    /// <exception cref="TokenizerException">The tokenizer.model cannot be used.</exception>
    public static ReadOnlyMemory<byte>? Json(string folder)
    {
        if (IsSentencePiece(folder)) return SentencePieceJson.Write(SentencePieceFolder.Read(folder));
        string path = Path.Combine(folder, "tokenizer.json");
        return File.Exists(path) ? SettingsFile.ReadBounded(path, LargestFile) : null;
    }
}
