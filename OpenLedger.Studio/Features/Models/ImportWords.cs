using System.Globalization;
using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Models;

/// <summary>How an import is told to people. Decides nothing.</summary>
public static class ImportWords
{
    /// <summary>An engine's fact as a sentence: a capital, a full stop.</summary>
    public static string Sentence(string fact)
    {
        string trimmed = fact.Trim();
        string sentence = trimmed.Length == 0 ? "It cannot be read" : char.ToUpperInvariant(trimmed[0]) + trimmed[1..];
        return sentence[^1] is '.' or '?' or '!' ? sentence : sentence + ".";
    }

    /// <summary>Why the hub gives nothing, and where it cannot be reached, the ways in that need no hub.</summary>
    public static string Of(HubException no) => no.Fault == HubFault.Unreachable
        ? $"{Sentence(no.Message)} Look whether this machine is online, then try again. Without it: fetch the model's files elsewhere and bring them by Import, This computer."
        : Sentence(no.Message);

    /// <summary>"model.safetensors: 613 MB of 988 MB, 11 MB/s, about 34 s left. The connection was cut once; it went on from where it was."</summary>
    public static string Download(HubProgress at, double bytesPerSecond)
    {
        string cuts = at.Cuts switch { 0 => "", 1 => " The connection was cut once; it went on from where it was.", _ => $" The connection was cut {at.Cuts} times; it went on from where it was." };
        string rest = at.Waiting is { } pause ? $"the hub is asked again in {Duration(pause.TotalSeconds)}"
            : bytesPerSecond > 0 ? $"{SizeText.Of((long)bytesPerSecond)}/s, about {Duration((at.Of - at.Bytes) / bytesPerSecond)} left" : "just begun";
        return $"{at.File}: {SizeText.Of(at.Bytes)} of {SizeText.Of(at.Of)}, {rest}.{cuts}";
    }

    public static string Duration(double seconds) => seconds switch
    {
        < 90 => $"{Math.Max(1, Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture)} s",
        < 5400 => $"{Math.Ceiling(seconds / 60).ToString(CultureInfo.InvariantCulture)} min",
        _ => $"{Math.Ceiling(seconds / 3600).ToString(CultureInfo.InvariantCulture)} h",
    };

    /// <summary>A family as people call it: "LLaMA".</summary>
    public static string Family(string name) => name switch
    {
        "llama" => "LLaMA",
        "mistral" or "mixtral" => "Mistral",
        "qwen2" or "qwen2_moe" or "qwen2moe" => "Qwen 2",
        "qwen3" or "qwen3_moe" or "qwen3moe" => "Qwen 3",
        "gemma" => "Gemma",
        "gemma2" => "Gemma 2",
        "gemma3" or "gemma3_text" => "Gemma 3",
        "glm" or "glm4" or "chatglm" => "ChatGLM",
        "deepseek_v2" or "deepseek_v3" or "deepseek2" => "DeepSeek",
        "falcon" => "Falcon",
        "bloom" => "BLOOM",
        "gpt2" => "GPT-2",
        _ => name,
    };

    /// <summary>"494 million".</summary>
    public static string Parameters(long count) => count >= 1_000_000_000
        ? (count / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " billion"
        : count >= 1_000_000 ? (count / 1e6).ToString("0", CultureInfo.InvariantCulture) + " million" : count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Where a base came from.</summary>
    public static string Origin(ModelDocument model) => model.Origin?.From ?? "Shipped with the Studio";
}
