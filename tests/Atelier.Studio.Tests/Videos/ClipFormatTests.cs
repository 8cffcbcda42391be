using Atelier.Studio.Videos;

namespace Atelier.Studio.Tests.Videos;

public sealed class ClipFormatTests
{
    [Theory]
    [InlineData("474946383961000000000000", "GIF")]
    [InlineData("524946460000000057454250", "WebP")]
    [InlineData("524946460000000041564920", "AVI")]
    [InlineData("000000186674797069736F6D", "MP4")]
    [InlineData("00000008776964650000A1B2", "MP4")]
    [InlineData("1A45DFA3A342868101000000", "WebM")]
    [InlineData("1A45DFA3", "WebM")]
    [InlineData("524946460000000057415645", null)]
    [InlineData("00000018667479", null)]
    [InlineData("", null)]
    public void Format_IsRecognizedByItsFirstBytes(string start, string? name)
        => Assert.Equal(name, ClipFormat.Of(Convert.FromHexString(start))?.Name);

    [Theory]
    [InlineData("a.MOV", "MP4")]
    [InlineData("a.mkv", "WebM")]
    [InlineData("a.mp4.json", null)]
    [InlineData("a", null)]
    public void Format_IsFoundByItsExtension(string file, string? name)
        => Assert.Equal(name, ClipFormat.OfName(file)?.Name);
}
