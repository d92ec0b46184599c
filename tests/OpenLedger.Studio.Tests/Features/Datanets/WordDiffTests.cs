using OpenLedger.Studio.Features.Datanets;

namespace OpenLedger.Studio.Tests.Features.Datanets;

/// <summary>What two texts share, word by word.</summary>
public class WordDiffTests
{
    [Fact]
    public void Words_that_differ_stand_between_words_that_do_not() => Assert.Equal(
        [new(DiffKind.Same, "People"), new(DiffKind.Before, "may"), new(DiffKind.After, "can"), new(DiffKind.Same, "benefit"), new(DiffKind.After, "a lot")],
        WordDiff.Between("People may benefit", "People can benefit a lot"));

    [Fact]
    public void Equal_texts_are_one_run() => Assert.Equal([new(DiffKind.Same, "the same words")], WordDiff.Between("the same\nwords", "the same words"));
}
