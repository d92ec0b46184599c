using LLama;
using LLama.Common;
using LLama.Native;

namespace OpenLedger.Judge;

/// <summary>llama.cpp on one GGUF file, with its numbers brought to float32 so that only the file is judged and no kernel's rounding. Knows nothing of our engine.</summary>
internal sealed class LlamaCpp : IDisposable
{
    private readonly ModelParams _parameters;
    private readonly LLamaWeights _weights;

    public LlamaCpp(string path)
    {
        NativeApi.llama_empty_call();   // without it the library is not found by the quantiser
        string exact = path + ".f32";
        if (!LLamaQuantizer.Quantize(path, exact, LLamaFtype.ALL_F32, 1, allowRequantize: true, quantizeOutputTensor: true)) throw new InvalidOperationException($"llama.cpp could not read '{Path.GetFileName(path)}'");
        _parameters = new ModelParams(exact) { ContextSize = 1024, TypeK = GGMLType.GGML_TYPE_F32, TypeV = GGMLType.GGML_TYPE_F32, GpuLayerCount = 0, Threads = 1, BatchThreads = 1, FlashAttention = false };   // that kernel rounds to 16 bits within
        _weights = LLamaWeights.LoadFromFile(_parameters);
    }

    /// <summary>The ids of a text in which special tokens are spelled out.</summary>
    public int[] Encode(string text) => [.. _weights.Tokenize(text, false, true, System.Text.Encoding.UTF8).Select(token => (int)token)];

    /// <summary>The likeliest tokens after a prompt.</summary>
    public int[] Greedy(IReadOnlyList<int> prompt, int count)
    {
        using LLamaContext context = _weights.CreateContext(_parameters);
        LLamaBatch batch = new();
        for (int i = 0; i < prompt.Count; i++) batch.Add((LLamaToken)prompt[i], i, (LLamaSeqId)0, i == prompt.Count - 1);
        List<int> ids = [];
        while (ids.Count < count)
        {
            if (context.NativeHandle.Decode(batch) != DecodeResult.Ok) throw new InvalidOperationException("llama.cpp could not read the tokens");
            ids.Add(Largest(context.NativeHandle.GetLogitsIth(batch.TokenCount - 1)));
            batch.Clear();
            batch.Add((LLamaToken)ids[^1], prompt.Count + ids.Count - 1, (LLamaSeqId)0, true);
        }
        return [.. ids];
    }

    /// <summary>The logits behind each token of a text, row after row.</summary>
    public float[] Logits(IReadOnlyList<int> text)
    {
        using LLamaContext context = _weights.CreateContext(_parameters);
        LLamaBatch batch = new();
        for (int i = 0; i < text.Count; i++) batch.Add((LLamaToken)text[i], i, (LLamaSeqId)0, true);
        if (context.NativeHandle.Decode(batch) != DecodeResult.Ok) throw new InvalidOperationException("llama.cpp could not read the tokens");
        return [.. Enumerable.Range(0, text.Count).SelectMany(i => context.NativeHandle.GetLogitsIth(i).ToArray())];
    }

    public void Dispose()
    {
        _weights.Dispose();
        File.Delete(_parameters.ModelPath);
    }

    private static int Largest(ReadOnlySpan<float> logits) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits);
}
