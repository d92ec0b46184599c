using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Export;

/// <summary>LLaMA 3.1's stretched frequencies as the divisors that GGUF keeps, and back. Computes no rotation.</summary>
internal static class RotaryDivisors
{
    /// <summary>The divisors, where the model has any.</summary>
    public static float[]? Of(RotaryConfig? rotary) => rotary switch
    {
        { Divisors: { } own } => [.. own],
        { Scaling: RotaryScaling.Llama3 scaling } => [.. Enumerable.Range(0, rotary.Dimensions / 2).Select(pair => Divisor(rotary, scaling, pair))],
        _ => null,
    };

    /// <summary>LLaMA 3.1's settings that give these divisors; null where none of its kind do.</summary>
    public static RotaryScaling.Llama3? Llama3(RotaryConfig rotary)
    {
        if (rotary.Divisors is not { Count: > 0 } divisors) return null;
        foreach (double original in (double[])[8192, 4096, 2048, 16384, 32768])
        {
            RotaryScaling.Llama3 guess = new(divisors.Max(), 1, 4, original);
            if (divisors.Select((divisor, pair) => Math.Abs(divisor - Divisor(rotary, guess, pair)) <= 1e-4 * divisor).All(near => near)) return guess;
        }
        return null;
    }

    // convert_hf_to_gguf.py, generate_extra_tensors of LlamaModel
    private static float Divisor(RotaryConfig rotary, RotaryScaling.Llama3 scaling, int pair)
    {
        double wavelength = 2 * Math.PI * Math.Pow(rotary.Base, 2.0 * pair / rotary.Dimensions);
        if (wavelength < scaling.OriginalPositions / scaling.HighFactor) return 1;
        if (wavelength > scaling.OriginalPositions / scaling.LowFactor) return (float)scaling.Factor;
        double smooth = (scaling.OriginalPositions / wavelength - scaling.LowFactor) / (scaling.HighFactor - scaling.LowFactor);
        return (float)(1 / ((1 - smooth) / scaling.Factor + smooth));
    }
}
