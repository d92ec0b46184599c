using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>Likeliest continuations of several prompts at once, against the reference's tokens.</summary>
[Collection(TensorCounting.Name)]
public class GreedyAnswerTests
{
    private const int Asked = 10, Told = 24; // the reference read so many tokens, and said so many

    private static readonly HashSet<int> NoStops = [];

    [Theory]
    [InlineData("llama")]
    [InlineData("gpt2")]
    [InlineData("bloom")]
    [InlineData("gemma2")]
    [InlineData("chatglm3")]
    [InlineData("deepseek-v3")]
    [InlineData("qwen2-moe")]
    public void Prompts_of_different_lengths_are_continued_as_the_reference_continues_each(string family)
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path($"families/{family}"));
        (int[] text, int[] greedy) = Reference(family);
        int[][] prompts = [text[..3], text, [.. text[..Asked], .. greedy[..7]]];
        int[][] answers = GreedyAnswer.To(model, null, [text[..Asked], .. prompts], NoStops, Told, default);
        Assert.Equal(greedy, answers[0]);
        Assert.Equal(greedy[7..], answers[3][..^7]);
    }

    [Fact]
    public void An_answer_that_ends_leaves_the_others_their_words()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        (int[] text, int[] greedy) = Reference("llama");
        int end = Array.FindIndex(greedy, 3, token => Array.IndexOf(greedy, token) >= 3); // first said at its fourth place or later
        int[] later = [.. text[..Asked], .. greedy[..(end + 1)]];
        int[][] answers = GreedyAnswer.To(model, null, [text[..Asked], later], new HashSet<int> { greedy[end] }, Told - end - 1, default);
        Assert.Equal(greedy[..end], answers[0]);
        Assert.Equal(greedy[(end + 1)..].TakeWhile(token => token != greedy[end]), answers[1]);
    }

    [Fact]
    public void No_answer_leaves_the_models_context_and_a_short_one_beside_it_goes_on()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/gpt2"));
        (int[] text, int[] greedy) = Reference("gpt2");
        int[] full = [.. Enumerable.Range(0, model.Config.MaxPositions - 2)];
        int[][] answers = GreedyAnswer.To(model, null, [full, text[..Asked]], NoStops, Told, default);
        Assert.Equal(3, answers[0].Length); // after the last place that can be read one more can be said
        Assert.Equal(greedy, answers[1]);
    }

    [Fact]
    public void No_tensor_is_left()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        long before = TensorCounting.Settled();
        GreedyAnswer.To(model, null, [[1, 2, 3], [4]], NoStops, 5, default);
        Assert.Equal(before, TensorCounting.Now);
    }

    private static (int[] Text, int[] Greedy) Reference(string family)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(Fixture.Path($"families/{family}/expected.safetensors"));
        int[] Read(string name) => [.. expected.ReadIntegers(name).Select(id => (int)id)];
        int[] text = Read("input_ids")[..Told];
        return (text, Read($"greedy_from_{Asked}")[^Told..]); // in some files the prompt stands before them
    }
}
