namespace OpenLedger.Engine.Models;

/// <summary>Reads rotary settings from a <c>config.json</c> of either style: <c>rope_theta</c> beside <c>rope_scaling</c> (transformers 4) or <c>rope_parameters</c> (5).</summary>
internal static class RotaryFields
{
    public static RotaryConfig Read(ConfigFields config, int headWidth, bool interleaved = false, double partial = 1, double otherwise = 10000)
    {
        ConfigFields? scaling = Settings(config);
        double share = scaling?.Number("partial_rotary_factor") ?? config.Number("partial_rotary_factor") ?? partial;
        double theta = scaling?.Number("rope_theta") ?? config.Number("rope_theta") ?? otherwise;
        int dimensions = (int)(headWidth * share);
        if (dimensions < 2 || dimensions % 2 != 0 || dimensions > headWidth) throw new ModelException($"config.json: {dimensions} of {headWidth} dimensions cannot rotate");
        return new RotaryConfig(theta, dimensions, interleaved) { Scaling = scaling is null ? null : Scaling(scaling, config) };
    }

    /// <summary>Gemma 3 in today's style has settings for each kind of layer.</summary>
    public static RotaryConfig ReadKind(ConfigFields config, string kind, int headWidth, double otherwise)
    {
        ConfigFields? own = config.Object("rope_parameters")?.Object(kind);
        return own is null ? new RotaryConfig(otherwise, headWidth)
            : new RotaryConfig(own.Number("rope_theta") ?? otherwise, headWidth) { Scaling = Scaling(own, config) };
    }

    public static RotaryScaling? Scaling(ConfigFields scaling, ConfigFields config) => (scaling.Text("rope_type") ?? scaling.Text("type")) switch
    {
        null or "default" => null,
        "linear" => new RotaryScaling.Linear(Factor(scaling)),
        "llama3" => new RotaryScaling.Llama3(Factor(scaling), scaling.Number("low_freq_factor") ?? 1, scaling.Number("high_freq_factor") ?? 4, Original(scaling, config)),
        "yarn" => new RotaryScaling.Yarn(YarnFactor(scaling, config), scaling.Number("beta_fast") ?? 32, scaling.Number("beta_slow") ?? 1, Original(scaling, config))
        {
            AttentionFactor = AttentionFactor(scaling, YarnFactor(scaling, config)),
            Truncate = scaling.Flag("truncate", otherwise: true),
        },
        string other => throw new ModelException($"config.json: the rotary scaling '{other}' is not supported; default, linear, llama3 and yarn are"),
    };

    /// <summary>YaRN's temperature: 0.1 ln(factor) + 1, DeepSeek's two settings as their ratio.</summary>
    public static double YarnTemperature(double factor, double weight = 1) => factor <= 1 ? 1 : 0.1 * weight * Math.Log(factor) + 1;

    /// <summary>DeepSeek multiplies the softmax scale by YaRN's temperature squared.</summary>
    public static double LatentScale(ConfigFields c, int keyWidth)
    {
        double scale = 1 / Math.Sqrt(keyWidth);
        ConfigFields? scaling = Settings(c);
        if (scaling is null || Scaling(scaling, c) is not { } stretched || scaling.Number("mscale_all_dim") is not { } weight || weight == 0) return scale;
        double temperature = YarnTemperature(stretched is RotaryScaling.Yarn yarn ? yarn.Factor : Factor(scaling), weight);
        return scale * temperature * temperature;
    }

    /// <summary>Whether the settings are given for each kind of layer.</summary>
    public static bool IsByKind(ConfigFields config) => config.Object("rope_parameters") is { } all && (all.Object("full_attention") ?? all.Object("sliding_attention")) is not null;

    // The old name wins where a file has both, as in transformers.
    private static ConfigFields? Settings(ConfigFields config) => config.Object("rope_scaling") ?? (config.Object("rope_parameters") is { } all ? all.Object("full_attention") ?? all : null);

    // Left out, it is what the context has grown by.
    private static double YarnFactor(ConfigFields scaling, ConfigFields config) =>
        scaling.Has("factor") || config.Number("max_position_embeddings") is not { } positions ? Factor(scaling) : positions / Original(scaling, config);

    private static double AttentionFactor(ConfigFields scaling, double factor)
    {
        if (scaling.Number("attention_factor") is { } given) return given;
        if (scaling.Number("mscale") is { } all and not 0 && scaling.Number("mscale_all_dim") is { } each and not 0) return YarnTemperature(factor, all) / YarnTemperature(factor, each);
        return YarnTemperature(factor);
    }

    private static double Factor(ConfigFields scaling) => scaling.Number("factor") is { } factor and > 0 ? factor : throw new ModelException("config.json: the rotary scaling has no factor above 0");

    private static double Original(ConfigFields scaling, ConfigFields config) =>
        config.Number("original_max_position_embeddings") ?? scaling.Number("original_max_position_embeddings") ?? config.Number("max_position_embeddings")
        ?? throw new ModelException("config.json: the rotary scaling has no original_max_position_embeddings");
}
