using System.Text.Json;

namespace OpenLedger.Engine.Models;

/// <summary>The numbers that describe a BERT encoder, from its checkpoint's <c>config.json</c>. Knows nothing of weights.</summary>
internal sealed record BertConfig(int Width, int Inner, int Layers, int Heads, int Positions, double NormEpsilon)
{
    /// <summary>Reads a checkpoint's configuration.</summary>
    /// <exception cref="ModelException">Another architecture, or an activation or a width this encoder does not have.</exception>
    public static BertConfig Read(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = file.RootElement;
        Require(path, root, "model_type", "bert");
        Require(path, root, "hidden_act", "gelu");
        Require(path, root, "position_embedding_type", "absolute");
        BertConfig config = new(
            root.GetProperty("hidden_size").GetInt32(), root.GetProperty("intermediate_size").GetInt32(), root.GetProperty("num_hidden_layers").GetInt32(),
            root.GetProperty("num_attention_heads").GetInt32(), root.GetProperty("max_position_embeddings").GetInt32(), root.GetProperty("layer_norm_eps").GetDouble());
        return config.Width % config.Heads == 0 ? config : throw new ModelException($"{path}: a width of {config.Width} does not divide by {config.Heads} heads");
    }

    private static void Require(string path, JsonElement root, string name, string value)
    {
        if (root.TryGetProperty(name, out JsonElement found) && found.GetString() is string text && text != value)
            throw new ModelException($"{path}: {name} is '{text}', this encoder does '{value}'");
    }
}
