namespace Atelier.Imaging.Tests;

public sealed class CanvasTests
{
    private static readonly Ink Orange = new(1f, 0.5f, 0.25f);

    [Fact]
    public void Fill_PartlyOutside_FillsWhatIsInside()
    {
        Canvas canvas = new(7, 5, Ink.Black);
        canvas.Fill(-2, 3, 5, 9, Orange);
        Assert.Equal(3 * 2, canvas.Picture.Red.Count(value => value == 1));
        Assert.Equal(
            (0.5f, 0.25f, 0f), (canvas.Picture.Green[(3 * 7) + 2], canvas.Picture.Blue[4 * 7], canvas.Picture.Red[2]));
    }

    [Theory]
    [InlineData(0, 0, 6, 4, 7), InlineData(5, 1, 2, 1, 4), InlineData(3, 4, 3, 0, 5), InlineData(2, 2, 2, 2, 1)]
    public void DrawLine_HasBothEndsAndNoGap(int fromX, int fromY, int toX, int toY, int count)
    {
        Canvas canvas = new(7, 5, Ink.White);
        canvas.DrawLine(fromX, fromY, toX, toY, Ink.Black);
        Assert.Equal(count, canvas.Picture.Red.Count(value => value == 0));
        Assert.Equal((0f, 0f), (canvas.Picture.Red[(fromY * 7) + fromX], canvas.Picture.Red[(toY * 7) + toX]));
    }

    [Fact]
    public void DrawPicture_HalfTransparentAndPartlyOutside_ShowsWhatIsBehind()
    {
        Picture source = new(3, 2, hasAlpha: true);
        source.Alpha![1] = 0.25f;
        Canvas canvas = new(4, 4, Ink.White);
        canvas.DrawPicture(source, 2, 3);
        Assert.Equal([1f, 1f, 0f, 0.75f], canvas.Picture.Green[12..]);
        Assert.All(canvas.Picture.Green[..12], value => Assert.Equal(1f, value));
    }

    [Fact]
    public void DrawnPlaces_OfAPictureWithAlpha_AreOpaque()
    {
        Picture picture = new(3, 1, hasAlpha: true);
        Array.Clear(picture.Alpha!);
        new Canvas(picture).Fill(1, 0, 1, 1, Orange);
        Assert.Equal([0f, 1f, 0f], picture.Alpha!);
    }

    [Fact]
    public void DrawText_EveryAsciiCharacter_LooksLikeNoOther()
    {
        HashSet<string> seen = [];
        for (char character = ' '; character <= '\x7f'; character++)
        {
            Canvas canvas = new(5, 9, Ink.White);
            canvas.DrawText(character.ToString(), 0, 0, Ink.Black, 1);
            Assert.True(seen.Add(string.Concat(canvas.Picture.Red)), $"'{character}'");
            Assert.Equal(character == ' ', canvas.Picture.Red.All(value => value == 1));
        }
    }

    [Fact]
    public void DrawText_TwoLines_StaysInsideItsMeasure()
    {
        const string Text = "gl\nWyé~";
        (int width, int height) = Canvas.MeasureText(Text, 3);
        Assert.Equal((((4 * 6) - 1) * 3, ((2 * 10) - 1) * 3), (width, height));

        Canvas canvas = new(width + 4, height + 4, Ink.White), cut = new(width, height, Ink.White);
        canvas.DrawText(Text, 0, 0, Ink.Black, 3);
        cut.DrawText(Text, 0, 0, Ink.Black, 3);
        Assert.Equal(Inked(canvas), Inked(cut));
        Assert.NotEqual(0, Inked(cut));
    }

    [Fact]
    public void DrawText_NotAscii_IsABox()
    {
        Canvas accent = new(5, 9, Ink.White), box = new(5, 9, Ink.White);
        accent.DrawText("é", 0, 0, Ink.Black, 1);
        box.DrawText("\x7f", 0, 0, Ink.Black, 1);
        Assert.Equal(box.Picture.Red, accent.Picture.Red);
        Assert.Equal((0, 0), Canvas.MeasureText(""));
    }

    private static int Inked(Canvas canvas) => canvas.Picture.Red.Count(value => value == 0);
}
