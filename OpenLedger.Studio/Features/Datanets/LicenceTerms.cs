using System.Text.RegularExpressions;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>What the licences that data and models are met with let people do, as their texts say. Knows no model and gives no legal advice.</summary>
/// <param name="Id">SPDX identifier, or what hubs call a maker's own; one that ends with * stands for all its versions, and where it does not allow selling for all that begin so.</param>
/// <param name="Name">As people write it; null where the identifier says it.</param>
/// <param name="Train">Whether something may be made of it and shared.</param>
/// <param name="Charge">Whether money may be taken for that.</param>
/// <param name="Credit">Whether its makers have to be named.</param>
/// <param name="Conditions">What else goes along, in a few words.</param>
public sealed partial record LicenceTerms(string Id, string? Name, Permission Train, Permission Charge, bool Credit, string? Conditions = null)
{
    private const string UseRules = "its rules of use go along";

    /// <summary>The first that fits counts: the narrower ones stand first.</summary>
    public static IReadOnlyList<LicenceTerms> Known { get; } =
    [
        Open("apache-2.0", "Apache 2.0"), Open("mit", "MIT"), Open("bsd-*"), Open("isc", "ISC"), Open("zlib"), Open("artistic-2.0"), Open("ecl-2.0"), Open("afl-3.0"),
        Open("mpl-2.0", "MPL 2.0", "changed files stay under it"), Open("gpl-*", null, "what is made of it stays under it"), Open("lgpl-*", null, "changed parts stay under it"), Open("agpl-*", null, "what is made of it stays under it"),
        Free("cc0-1.0", "CC0"), Free("unlicense"), Free("wtfpl"), Free("pddl"), Free("0bsd"),
        new("cc-by-nc-nd-*", null, Permission.Denied, Permission.Denied, true), new("cc-by-nd-*", null, Permission.Denied, Permission.Denied, true),
        Unpaid("cc-by-nc-4.0", "CC BY-NC 4.0"), Unpaid("cc-by-nc-*"), Open("cc-by-sa-*", null, "what is made of it is shared alike"), Open("cc-by-4.0", "CC BY 4.0"), Open("cc-by-*"),
        Open("odc-by", "ODC-By"), Open("odc-by-1.0", "ODC-By"), Open("odbl", "ODbL", "databases made of it are shared alike"), Open("cdla-permissive-*"),
        // Llama community licences, 1.b and 2; llama-1 was lent for research and is in no hub's list of names.
        Open("llama2", "Llama 2", $"below 700 million users a month; {UseRules}"), Open("llama3*", null, $"named Llama, \"Built with Llama\" shown, below 700 million users a month; {UseRules}"), Open("llama4*", null, $"named Llama, \"Built with Llama\" shown, below 700 million users a month; {UseRules}"),
        Open("gemma", "Gemma terms", UseRules),
        Unpaid("qwen-research", "Qwen research licence"), Unpaid("tongyi-qianwen-research"), Open("qwen", "Qwen licence", "below 100 million users a month"), Open("tongyi-qianwen", null, "below 100 million users a month"),
        Open("deepseek", "DeepSeek licence", UseRules), Open("deepseek-license", "DeepSeek licence", UseRules),
        Open("openrail", null, UseRules), Open("openrail++", null, UseRules), Open("creativeml-openrail-m", null, UseRules), Open("bigcode-openrail-m", null, UseRules), Open("bigscience-openrail-m", null, UseRules),
        Open("bigscience-bloom-rail-1.0", "BLOOM RAIL 1.0", UseRules),
        Open("falcon-llm-license", "Falcon licence 2.0", UseRules),
        Unpaid("mrl", "Mistral research licence"), Unpaid("mnpl", "Mistral non-production licence"), Unpaid("apple-amlr", "Apple model research licence"),
    ];

    /// <summary>What is known of a licence by its identifier or name; of any other, "other" and "not stated" too, that nothing is.</summary>
    public static LicenceTerms Of(string licence)
    {
        LicenceTerms? known = Known.FirstOrDefault(terms => terms.Fits(Plain(licence)));
        if (known is not { Charge: Permission.Denied } && Unsold().IsMatch(licence)) return new(licence, null, Permission.Unsaid, Permission.Denied, true);
        return known ?? new(licence, null, Permission.Unsaid, Permission.Unsaid, true);
    }

    /// <summary>"may be trained on and sold, with credit; its rules of use go along".</summary>
    public string InWords =>
        Charge == Permission.Unsaid ? "not known here: whoever publishes what is made of it is asked"
        : Train == Permission.Denied ? "nothing that is made of it may be shared"
        : Charge == Permission.Denied ? $"{(Train == Permission.Given ? "may be trained on, and " : "")}what comes out may not be sold"
        : $"may be trained on and sold{(Credit ? ", with credit" : "")}{(Conditions is null ? "" : $"; {Conditions}")}";

    private static LicenceTerms Open(string id, string? name = null, string? conditions = null) => new(id, name, Permission.Given, Permission.Given, true, conditions);

    private static LicenceTerms Free(string id, string? name = null) => Open(id, name) with { Credit = false };

    private static LicenceTerms Unpaid(string id, string? name = null) => new(id, name, Permission.Given, Permission.Denied, true);

    // Names are strangers' free text: what begins like an open licence may go on to forbid ("bsd-noncommercial"), so only a version's tail is let through.
    private bool Fits(string plain) => Id.EndsWith('*')
        ? plain.StartsWith(Plain(Id), StringComparison.Ordinal) && (Charge == Permission.Denied || VersionTail().IsMatch(plain[Plain(Id).Length..]))
        : plain == Plain(Id) || (Name is not null && plain == Plain(Name));

    // People write "Apache 2.0", hubs "apache-2.0", SPDX "Apache-2.0".
    private static string Plain(string licence) => string.Concat(licence.Where(letter => char.IsLetterOrDigit(letter) || letter == '+')).ToLowerInvariant();

    // "3clause", "30orlater", "20+".
    [GeneratedRegex(@"\A\d*(clause[a-z]*)?(only|orlater|\+)?\z")]
    private static partial Regex VersionTail();

    // Words that forbid selling in any licence that has them.
    [GeneratedRegex(@"(?<![a-z])(nc|non?[\W_]*commercial[a-z]*|research)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unsold();
}

/// <summary>What a licence says about something.</summary>
public enum Permission
{
    Given,
    Denied,

    /// <summary>Nobody here knows.</summary>
    Unsaid,
}
