using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenLedger.Engine.Adapters;

/// <summary>Reads and writes PEFT's <c>adapter_config.json</c>: every field that changes a number is understood or refused. Reads no weights.</summary>
public static class AdapterConfigJson
{
    public const string FileName = "adapter_config.json";
    private const long MaxBytes = 4 << 20;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // Features of later PEFT releases that change the forward pass; a file that uses one is refused by name.
    private static readonly string[] Unsupported =
        ["layer_replication", "alora_invocation_tokens", "arrow_config", "target_parameters", "use_qalora", "use_bdlora", "kasa_config", "monteclora_config", "velora_config", "megatron_config"];

    public static (LoraConfig Config, string? BaseModel) Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new AdapterException($"the folder has no {FileName}");
        if (new FileInfo(path).Length > MaxBytes) throw new AdapterException($"{FileName} is larger than {MaxBytes} bytes");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new AdapterException($"{FileName} is {document.RootElement.ValueKind}, an object is needed");
            return Read(new PeftFields(document.RootElement));
        }
        catch (JsonException broken)
        {
            throw new AdapterException($"{FileName} is not JSON: {broken.Message}");
        }
    }

    public static byte[] Write(LoraConfig config, string baseModel, bool transposed)
    {
        JsonObject json = new()
        {
            ["alpha_pattern"] = new JsonObject(config.AlphaPattern.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            ["base_model_name_or_path"] = baseModel,
            ["bias"] = config.Bias switch { LoraBias.None => "none", LoraBias.All => "all", LoraBias.LoraOnly => "lora_only" },
            ["ensure_weight_tying"] = config.KeepsTie,
            ["exclude_modules"] = config.ExcludePattern is { } pattern ? pattern : Names(config.ExcludeModules),
            ["fan_in_fan_out"] = transposed,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layers_pattern"] = config.LayersPattern is [string only] ? only : Names(config.LayersPattern),
            ["layers_to_transform"] = Numbers(config.LayersToTransform),
            ["lora_alpha"] = config.Alpha,
            ["lora_bias"] = config.BiasOnB,
            ["lora_dropout"] = config.Dropout,
            ["modules_to_save"] = Names(config.ModulesToSave),
            ["peft_type"] = "LORA",
            ["r"] = config.Rank,
            ["rank_pattern"] = new JsonObject(config.RankPattern.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            ["target_modules"] = config.TargetPattern is { } target ? target : config.TargetModules is [LoraConfig.AllLinear] ? LoraConfig.AllLinear : Names(config.TargetModules),
            ["task_type"] = "CAUSAL_LM",
            ["trainable_token_indices"] = Numbers(config.TrainableTokens),
            ["use_dora"] = config.Dora,
            ["use_rslora"] = config.RankStabilized,
        };
        foreach ((string field, JsonNode? value) in Unused()) json.Add(field, value);
        return JsonSerializer.SerializeToUtf8Bytes(json, Indented);
    }

    // Fields of PEFT 0.21 that this project never sets, with PEFT's own defaults: its files and ours then have the same fields.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Unused()
    {
        foreach (string field in (string[])["alora_invocation_tokens", "arrow_config", "auto_mapping", "corda_config", "eva_config", "kasa_config", "layer_replication",
            "lora_ga_config", "megatron_config", "monteclora_config", "revision", "target_parameters", "use_bdlora", "velora_config"]) yield return new(field, null);
        yield return new("loftq_config", new JsonObject());
        yield return new("megatron_core", "megatron.core");
        yield return new("peft_version", "0.21.2");
        yield return new("qalora_group_size", 16);
        yield return new("use_qalora", false);
    }

    private static (LoraConfig, string?) Read(PeftFields fields)
    {
        string? type = fields.Text("peft_type"), task = fields.Text("task_type"), baseModel = fields.Text("base_model_name_or_path");
        if (type != "LORA") throw new AdapterException($"the adapter's peft_type is '{type ?? "missing"}'; only LORA is supported");
        if (task is not (null or "CAUSAL_LM")) throw new AdapterException($"the adapter's task_type is '{task}'; only CAUSAL_LM is supported");
        if (baseModel is not null && baseModel.Split('/', '\\').Contains("..")) throw new AdapterException($"the adapter names its base '{baseModel}', a path that climbs out of its folder");
        foreach (string feature in Unsupported)
        {
            if (fields.IsSet(feature)) throw new AdapterException($"the adapter uses '{feature}', which is not supported");
        }
        (IReadOnlyList<string> targets, string? targetPattern) = fields.NamesOrPattern("target_modules");
        (IReadOnlyList<string> excluded, string? excludePattern) = fields.NamesOrPattern("exclude_modules");
        if (string.Equals(targetPattern, LoraConfig.AllLinear, StringComparison.OrdinalIgnoreCase)) (targets, targetPattern) = ([LoraConfig.AllLinear], null);
        if (targets.Count == 0 && targetPattern is null) throw new AdapterException($"{FileName} has no target_modules");
        (IReadOnlyList<int>? tokens, string? tokensIn) = fields.IntegersOf("trainable_token_indices");
        LoraConfig config = new(fields.Rank("r") ?? 8, fields.Number("lora_alpha") ?? 8, fields.Number("lora_dropout") ?? 0, targets, fields.Flag("use_rslora"))
        {
            TargetPattern = targetPattern,
            ExcludeModules = excluded,
            ExcludePattern = excludePattern,
            RankPattern = fields.Pattern("rank_pattern", PeftFields.RankOf),
            AlphaPattern = fields.Pattern("alpha_pattern", PeftFields.NumberOf),
            LayersToTransform = fields.Integers("layers_to_transform"),
            LayersPattern = fields.NamesOrOne("layers_pattern"),
            Dora = fields.Flag("use_dora"),
            BiasOnB = fields.Flag("lora_bias"),
            Bias = fields.Text("bias") switch
            {
                null or "none" => LoraBias.None,
                "all" => LoraBias.All,
                "lora_only" => LoraBias.LoraOnly,
                string other => throw new AdapterException($"the adapter's bias is '{other}'; none, all or lora_only is needed"),
            },
            ModulesToSave = fields.NamesOrOne("modules_to_save"),
            KeepsTie = fields.Flag("ensure_weight_tying"),
            TrainableTokens = tokens,
            TrainableTokensIn = tokensIn,
            Origin = OriginOf(fields.TextUnlessFlag("init_lora_weights")),
        };
        // PEFT takes no layers beside a pattern of whole names.
        if (targetPattern is not null && config.LayersToTransform is { Count: > 0 }) throw new AdapterException("target_modules is a pattern for whole names, beside which layers_to_transform cannot stand: put the layers into the pattern");
        if (config.Dropout is < 0 or >= 1) throw new AdapterException($"lora_dropout is {config.Dropout}; from 0 to below 1 is needed");
        return (config, baseModel);
    }

    // The others begin without touching the base, or leave nothing that could be taken off again.
    private static LoraOrigin OriginOf(string? start) => start?.ToLowerInvariant() switch
    {
        null or "gaussian" or "eva" or "orthogonal" => LoraOrigin.None,
        "pissa" => LoraOrigin.StrongestDirections,
        "olora" => LoraOrigin.LeadingColumns,
        _ => throw new AdapterException($"the adapter was begun by changing the base (init_lora_weights '{start}'), so its file alone does not say what it adds: save it again with PEFT's path_initial_model_for_weight_conversion, and bring that"),
    };

    private static JsonArray? Names(IReadOnlyList<string>? names) => names is { Count: > 0 } ? new JsonArray([.. names.Select(n => (JsonNode)n)]) : null;

    private static JsonArray? Numbers(IReadOnlyList<int>? numbers) => numbers is null ? null : new JsonArray([.. numbers.Select(n => (JsonNode)n)]);
}
