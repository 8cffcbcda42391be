using System.Collections.Immutable;

namespace Atelier.Imaging.Tests;

public sealed class ContactSheetTests
{
    [Fact]
    public void Draw_GivesEveryPictureItsPlace()
    {
        ImmutableArray<ContactCell> cells =
        [
            .. new float[] { 0.3f, 0.4f, 0.5f, 0.6f, 0.7f }
                .Select(level => new ContactCell(new Canvas(60, 40, new Ink(level, 0, 0)).Picture, $"level {level}")),
        ];
        Picture sheet = new ContactSheet { Title = "Levels", Cells = cells, Columns = 3 }.Draw();
        Assert.Equal(20 + (3 * (60 + 20)), sheet.Width);
        Assert.All(cells, cell => Assert.Equal(60 * 40, sheet.Red.Count(value => value == cell.Picture!.Red[0])));
        Assert.True(Array.IndexOf(sheet.Red, 0.6f) / sheet.Width > Array.LastIndexOf(sheet.Red, 0.5f) / sheet.Width);
    }

    [Fact]
    public void Draw_LongWordsAndAnEmptyCell_MakeRoom()
    {
        const string Word = "characteristically";
        ContactSheet sheet = new()
        {
            Cells = [new ContactCell(null, $"a {Word} b"), new ContactCell(new Picture(9, 5), "c")],
            Columns = 7,
            TextScale = 1,
        };
        int cell = Canvas.MeasureText(Word, 1).Width;
        Picture drawn = sheet.Draw();
        Assert.Equal((10 + (2 * (cell + 10)), 10 + 5 + 2 + 29 + 10), (drawn.Width, drawn.Height));
        Assert.Equal(9 * 5, drawn.Red.Count(value => value == 0));
    }

    [Fact]
    public void Draw_LongTitle_IsBrokenBetweenWords()
    {
        ContactSheet sheet = new() { Cells = [new ContactCell(new Picture(90, 9), "")], Columns = 1 };
        Picture plain = sheet.Draw(), titled = (sheet with { Title = "seven words of a title are long" }).Draw();
        Assert.Equal(plain.Width, titled.Width);
        Assert.True(titled.Height > plain.Height + 60);
    }

    [Fact]
    public void Draw_NothingToDraw_Throws()
    {
        Assert.Throws<ArgumentException>(() => new ContactSheet { Cells = [], Columns = 1 }.Draw());
        ContactCell cell = new(null, "");
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactSheet { Cells = [cell], Columns = 0 }.Draw());
    }
}
