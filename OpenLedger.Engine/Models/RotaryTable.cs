using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>Cosines and sines of rotary positions, grown as contexts do, and the turning of heads by them. Computed in float32 as the reference does.</summary>
internal sealed class RotaryTable : IDisposable
{
    private readonly RotaryConfig _config;
    private readonly Device _device;
    private readonly float[] _frequencies;
    private readonly double _temperature;
    private readonly Lock _growing = new();
    private readonly List<(Tensor Cosines, Tensor Sines)> _retired = [];   // a pass on another thread may still hold a smaller table
    private (Tensor Cosines, Tensor Sines) _table;   // each [positions, dimensions]; sines carry the sign of their partner

    public RotaryTable(RotaryConfig config, Device device)
    {
        (_config, _device) = (config, device);
        _frequencies = Frequencies(config);
        _temperature = config.Scaling is RotaryScaling.Yarn yarn ? yarn.AttentionFactor : 1;
        _table = Make(256);
    }

    /// <summary>The rows for consecutive positions: [count, dimensions], shared by a batch.</summary>
    public (Tensor Cosines, Tensor Sines) At(long start, long count)
    {
        (Tensor cosines, Tensor sines) = Until(start + count);
        return (cosines.narrow(0, start, count), sines.narrow(0, start, count));
    }

    /// <summary>The rows for any positions [batch, tokens]: [batch, 1, tokens, dimensions].</summary>
    public (Tensor Cosines, Tensor Sines) At(Tensor positions, long largest)
    {
        (Tensor cosines, Tensor sines) = Until(largest + 1);
        long batch = positions.shape[0], tokens = positions.shape[1];
        using Tensor flat = positions.reshape(-1);
        return (cosines.index_select(0, flat).view(batch, 1, tokens, -1), sines.index_select(0, flat).view(batch, 1, tokens, -1));
    }

    /// <summary>Turns heads [batch, heads, tokens, width].</summary>
    public Tensor Turn(Tensor x, Tensor cosines, Tensor sines)
    {
        using DisposeScope scope = NewDisposeScope();
        long width = x.shape[^1], turning = _config.Dimensions;
        Tensor part = turning == width ? x : x.narrow(3, 0, turning);
        Tensor turned = part.mul(cosines).addcmul(Partners(part), sines, 1);
        if (turning < width) turned = cat([turned, x.narrow(3, turning, width - turning)], 3);
        return turned.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach ((Tensor cosines, Tensor sines) in _retired.Append(_table))
        {
            cosines.Dispose();
            sines.Dispose();
        }
    }

    // Each dimension's partner in its pair; the sign is in the table.
    private Tensor Partners(Tensor part) => _config.Interleaved
        ? part.unflatten(3, [_config.Dimensions / 2, 2]).flip(4).flatten(3, 4)
        : part.roll(_config.Dimensions / 2, 3);

    private (Tensor Cosines, Tensor Sines) Until(long positions)
    {
        lock (_growing)
        {
            if (positions <= _table.Cosines.shape[0]) return _table;
            _retired.Add(_table);
            return _table = Make(Math.Max(positions, 2 * _table.Cosines.shape[0]));
        }
    }

    private (Tensor, Tensor) Make(long positions)
    {
        int half = _config.Dimensions / 2;
        float[] cosines = new float[positions * _config.Dimensions], sines = new float[cosines.Length];
        for (long position = 0; position < positions; position++)
        {
            for (int i = 0; i < half; i++)
            {
                (float sine, float cosine) = MathF.SinCos(position * _frequencies[i]);
                long row = position * _config.Dimensions;
                long first = row + (_config.Interleaved ? 2 * i : i), second = row + (_config.Interleaved ? 2 * i + 1 : i + half);
                cosines[first] = cosines[second] = (float)(cosine * _temperature);
                sines[first] = (float)(-sine * _temperature);
                sines[second] = (float)(sine * _temperature);
            }
        }
        Tensor Of(float[] values) => tensor(values, [positions, _config.Dimensions], device: _device).DetachFromDisposeScope();
        return (Of(cosines), Of(sines));
    }

    private static float[] Frequencies(RotaryConfig config)
    {
        float[] frequencies = new float[config.Dimensions / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            float plain = 1f / MathF.Pow((float)config.Base, 2f * i / config.Dimensions);
            float divided = config.Divisors is { } divisors ? plain / divisors[i] : plain;
            frequencies[i] = config.Scaling switch
            {
                null => divided,
                RotaryScaling.Linear linear => divided / (float)linear.Factor,
                RotaryScaling.Llama3 llama => Stretch(divided, llama),
                RotaryScaling.Yarn yarn => Ramp(divided, i, config, yarn),
                _ => throw new ModelException($"the rotary scaling {config.Scaling.GetType().Name} is not supported"),
            };
        }
        return frequencies;
    }

    private static float Stretch(float frequency, RotaryScaling.Llama3 scaling)
    {
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength < scaling.OriginalPositions / scaling.HighFactor) return frequency;
        if (wavelength > scaling.OriginalPositions / scaling.LowFactor) return frequency / (float)scaling.Factor;
        float smooth = (float)((scaling.OriginalPositions / wavelength - scaling.LowFactor) / (scaling.HighFactor - scaling.LowFactor));
        return (1 - smooth) * frequency / (float)scaling.Factor + smooth * frequency;
    }

    private static float Ramp(float frequency, int pair, RotaryConfig config, RotaryScaling.Yarn scaling)
    {
        double low = Turns(scaling.BetaFast), high = Turns(scaling.BetaSlow);
        if (scaling.Truncate) (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, config.Dimensions - 1));
        if (low == high) high += 0.001;
        float stretched = (float)Math.Clamp((pair - low) / (high - low), 0, 1);
        return frequency / (float)scaling.Factor * stretched + frequency * (1 - stretched);

        // The dimension that makes so many turns over the original context.
        double Turns(double turns) => config.Dimensions * Math.Log(scaling.OriginalPositions / (turns * 2 * Math.PI)) / (2 * Math.Log(config.Base));
    }
}
