using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Storage;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("Summer at the lake.JPG", "Summer at the lake.jpg")]
    [InlineData("Grüße aus Köln (2).png", "Grüße aus Köln (2).png")]
    [InlineData("富嶽三十六景.webp", "富嶽三十六景.webp")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\me\..\photo.png", "photo.png")]
    [InlineData("a:b*c?.png", "a-b-c-.png")]
    [InlineData("line\nbreak\0.png", "line-break-.png")]
    [InlineData(".hidden.png", "hidden.png")]
    [InlineData("con.png", "picture.png")]
    [InlineData("LPT1", "picture")]
    [InlineData("..", "picture")]
    [InlineData("", "picture")]
    [InlineData(null, "picture")]
    public void Name_BecomesSafe_AndStaysReadable(string? given, string expected)
    {
        string safe = SafeName.From(given, "picture");

        Assert.Equal(expected, safe);
        Assert.True(SafeName.IsSafe(safe));
    }

    [Fact]
    public void LongName_IsShortened_AndKeepsItsExtension()
    {
        string safe = SafeName.From(new string('a', 500) + ".jpeg", "picture");

        Assert.Equal(80, safe.Length);
        Assert.EndsWith(".jpeg", safe);
    }

    [Theory]
    [InlineData("../photo.png")]
    [InlineData("a/b.png")]
    [InlineData(@"a\b.png")]
    [InlineData(".photo.png.123-1.tmp")]
    [InlineData("..")]
    [InlineData("nul.txt")]
    [InlineData("")]
    public void NameThatLeadsElsewhere_IsNotSafe(string name) => Assert.False(SafeName.IsSafe(name));
}
