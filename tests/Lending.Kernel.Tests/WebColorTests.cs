namespace Lending.Kernel.Tests;

public sealed class WebColorTests
{
    [Theory]
    [InlineData("#000000", 21)]
    [InlineData("#ffffff", 1)]
    // What checkers of contrast tell.
    [InlineData("#767676", 4.54)]
    [InlineData("#777777", 4.48)]
    [InlineData("#0b5563", 8.42)]
    public void Contrast_is_that_of_the_guidelines(string text, double contrast) =>
        Math.Round(WebColor.Find(text)!.ContrastWith(WebColor.White), 2).ShouldBe(contrast);

    [Theory]
    [InlineData("#767676", true)]
    [InlineData("#777777", false)]
    public void From_four_and_a_half_on_it_can_be_read(string text, bool isReadable) =>
        WebColor.Find(text)!.IsReadable.ShouldBe(isReadable);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0b5563")]
    [InlineData("#0b556")]
    [InlineData("#0b55633")]
    [InlineData("#0b556g")]
    [InlineData("# b5563")]
    [InlineData("red")]
    public void Other_texts_are_no_colours(string? text) => WebColor.Find(text).ShouldBeNull();

    [Fact]
    public void It_is_written_small_and_a_darker_one_has_more_contrast()
    {
        var color = WebColor.Find("#7A1F5C")!;

        color.ToString().ShouldBe("#7a1f5c");
        color.Darker.ToString().ShouldBe("#5b1745");
        color.Darker.ContrastWith(WebColor.White).ShouldBeGreaterThan(color.ContrastWith(WebColor.White));
    }
}
