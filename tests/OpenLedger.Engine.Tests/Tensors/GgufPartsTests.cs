using System.Text;
using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Fixtures;
using OpenLedger.Fixtures.Areas;

namespace OpenLedger.Engine.Tests.Tensors;

/// <summary>A GGUF model in several files is the model that it was in one.</summary>
public sealed class GgufPartsTests : IDisposable
{
    private const string Whole = "gguf/llama-q4_k_m-mix.gguf";
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-parts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Three_files_give_the_logits_of_one()
    {
        Split(3);
        FixtureCase found = FamiliesArea.Check("split", Name(1, 3), Fixture.Path("gguf/llama-q4_k_m-mix.expected.safetensors"));
        Assert.True(found.Passed, found.Detail);
        using LanguageModel model = LanguageModel.Load(Name(1, 3));
        Assert.Equal(LanguageModel.CountParameters(Fixture.Path(Whole)), LanguageModel.CountParameters(Name(1, 3)));
        string listed = string.Concat(Enumerable.Range(1, 3).Select(number => Name(number, 3)).Select(path => $"{Sha256Hash.Of(File.ReadAllBytes(path))}  {Path.GetFileName(path)}\n")); // as sha256sum prints them
        Assert.Equal(Sha256Hash.Of(Encoding.UTF8.GetBytes(listed)), model.Hash);
    }

    [Fact]
    public void A_set_is_chosen_whole_and_opened_by_its_first()
    {
        Split(3);
        string[] all = [.. Enumerable.Range(1, 3).Select(number => Name(number, 3))];
        Assert.Equal(all, ModelFiles.At(_folder).Paths);
        Assert.Equal(all, ModelFiles.At(all[1]).Paths);
        Assert.Equal(all[0], ModelFiles.Opened(_folder));
    }

    [Fact]
    public void What_is_no_whole_set_is_refused_in_a_sentence()
    {
        Split(3);
        Assert.Contains("is part 2 of 3 of a model; the first part opens them all", Assert.Throws<GgufException>(() => GgufFile.Open(Name(2, 3))).Message, StringComparison.Ordinal);
        File.Copy(Name(3, 3), Name(2, 3), overwrite: true);
        Assert.Contains("another part than its name does", Assert.Throws<GgufException>(() => GgufFile.Open(Name(1, 3))).Message, StringComparison.Ordinal);
        File.Delete(Name(3, 3));
        Assert.Contains("sets that are not whole", Assert.Throws<HubException>(() => ModelFiles.At(_folder)).Message, StringComparison.Ordinal);
        File.Delete(Name(2, 3));
        Assert.Contains("'model-00002-of-00003.gguf' is not beside it", Assert.Throws<GgufException>(() => GgufFile.Open(Name(1, 3))).Message, StringComparison.Ordinal);
        File.Move(Name(1, 3), Path.Combine(_folder, "model.gguf"));
        Assert.Contains("is not named so", Assert.Throws<GgufException>(() => GgufFile.Open(Path.Combine(_folder, "model.gguf"))).Message, StringComparison.Ordinal);
    }

    private string Name(int number, int count) => Path.Combine(_folder, $"model-{number:D5}-of-{count:D5}.gguf");

    private void Split(int count)
    {
        using GgufFile file = GgufFile.Open(Fixture.Path(Whole));
        GgufTensor[][] parts = [.. file.Tensors.Chunk((file.Tensors.Count + count - 1) / count)];
        for (int number = 0; number < count; number++)
        {
            KeyValuePair<string, object>[] own = [KeyValuePair.Create<string, object>("split.no", (uint)number), KeyValuePair.Create<string, object>("split.count", (uint)count)];
            GgufWriter.Write(Name(number + 1, count), number == 0 ? [.. file.Metadata, .. own] : own,
                [.. parts[number].Select(tensor => new GgufEntry(tensor.Name, GgufType.F32, tensor.Shape, () => file.Dequantize(tensor.Name)))], TestContext.Current.CancellationToken);
        }
    }
}
