using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tests.Tensors;

public sealed class SafetensorsSetTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("openledger-set-").FullName;

    public SafetensorsSetTests()
    {
        Directory.CreateDirectory(Folder);
        SafetensorsWriter.Write(Path.Combine(_root, "outside.safetensors"), [SafetensorsEntry.Of("secret", [1], 1)]);
        SafetensorsWriter.Write(Path.Combine(Folder, "model-1.safetensors"), [SafetensorsEntry.Of("a", [1], 1)]);
        SafetensorsWriter.Write(Path.Combine(Folder, "model-2.safetensors"), [SafetensorsEntry.Of("b", [2], 1)]);
    }

    private string Folder => Path.Combine(_root, "model");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Shards_are_read_as_the_index_says()
    {
        Index("""{"a":"model-1.safetensors","b":"model-2.safetensors"}""");
        using SafetensorsSet set = SafetensorsSet.Open(Folder, "model");
        Assert.Equal([2f], set.ReadFloats("b"));
    }

    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("C:model.safetensors")]
    [InlineData("sub/model.safetensors")]
    [InlineData("..\\\\outside.safetensors")]
    [InlineData("")]
    public void A_name_that_leaves_the_folder_is_refused_before_anything_is_opened(string name)
    {
        Index($$"""{"secret":"{{name}}"}""");
        Assert.Contains("only plain names of the same folder are read", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"model-1.safetensors","b":"model-3.safetensors"}""", "names the file 'model-3.safetensors', which is not in the folder")]
    [InlineData("""{"a":"model-2.safetensors","b":"model-2.safetensors"}""", "tensor 'a' is not in 'model-2.safetensors'")]
    [InlineData("""{"a":"model-1.safetensors","a":"model-2.safetensors"}""", "is no index of tensors")]
    [InlineData("""["a"]""", "is no index of tensors")]
    [InlineData("""{"a":7}""", "is no index of tensors")]
    public void An_index_that_does_not_fit_its_files_is_refused_with_the_fact(string map, string fact)
    {
        Index(map);
        Assert.Contains(fact, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_in_two_files_is_refused()
    {
        SafetensorsWriter.Write(Path.Combine(Folder, "model-2.safetensors"), [SafetensorsEntry.Of("a", [2], 1), SafetensorsEntry.Of("b", [2], 1)]);
        Index("""{"a":"model-1.safetensors","b":"model-2.safetensors"}""");
        Assert.Contains("tensor 'a' stands in two files", Refusal(), StringComparison.Ordinal);
    }

    private void Index(string map) => File.WriteAllText(Path.Combine(Folder, "model.safetensors.index.json"), $$"""{"weight_map":{{map}}}""");

    private string Refusal() => Assert.Throws<SafetensorsException>(() => SafetensorsSet.Open(Folder, "model").Dispose()).Message;
}
