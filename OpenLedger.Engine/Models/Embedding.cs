using OpenLedger.Engine.Adapters;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>Tokens to vectors, with what an adapter changes there. Owns its tables.</summary>
internal sealed class Embedding : IDisposable
{
    private readonly ModelConfig _config;
    private readonly Tensor? _positions;   // [positions, width]
    private readonly string? _positionsName;
    private readonly Norm? _norm;

    public Embedding(WeightLoader loader, ModelConfig config, WeightNames names)
    {
        (_config, Name) = (config, names.Embedding);
        Table = loader.Require($"{names.Embedding}.weight", config.Vocabulary, config.Width);
        if (names.PositionEmbedding is { } positions) _positions = loader.Require(_positionsName = $"{positions}.weight", config.MaxPositions, config.Width);
        if (names.EmbeddingNorm is { } norm) _norm = Norm.Load(loader, config, norm, config.Width);
    }

    /// <summary>The checkpoint's name.</summary>
    public string Name { get; }

    /// <summary>[vocabulary, width].</summary>
    public Tensor Table { get; }

    /// <summary>Tokens [batch, tokens] to [batch, tokens, width].</summary>
    /// <param name="noise">Added to the table's rows, of the result's shape; null for none.</param>
    public Tensor Forward(Tensor ids, Reading reading, in Pass pass, Tensor? noise = null)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = ids.reshape(-1);
        Tensor x = TableFor(pass).index_select(0, flat);
        if (pass.Adapter is { } adapter && adapter.TryGet(Name, out LoraPair? pair))
            x = x + nn.functional.linear(pair.A.t().index_select(0, flat), pair.B) * pair.Scale;
        x = x.view(ids.shape[0], ids.shape[1], _config.Width);
        if (noise is not null) x = x + noise;
        if (_config.EmbeddingScale != 1) x = x * (float)_config.EmbeddingScale;
        if (_positions is not null) x = x + PositionRows(reading, pass);
        if (_norm is not null) x = _norm.Forward(x, pass);
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The table as an adapter leaves it: replaced whole, or in single rows. A tied output layer reads the same one.</summary>
    public Tensor TableFor(in Pass pass)
    {
        Tensor table = pass.Replacement($"{Name}.weight") ?? Table;
        if (pass.Adapter is not { TokenRows: { } rows, Config.TrainableTokens: { } tokens }) return table;
        using Tensor at = tensor(tokens.Select(token => (long)token).ToArray(), device: table.device);
        return table.index_copy(0, at, rows);
    }

    public void Dispose()
    {
        Table.Dispose();
        _positions?.Dispose();
        _norm?.Dispose();
    }

    private Tensor PositionRows(Reading reading, in Pass pass)
    {
        if (reading.Last >= _config.MaxPositions) throw new ModelException($"position {reading.Last} was asked for; the model has {_config.MaxPositions}");
        return (pass.Replacement(_positionsName!) ?? _positions!).index_select(0, reading.Positions().reshape(-1)).view(reading.Batch, reading.Tokens, _config.Width);
    }
}
