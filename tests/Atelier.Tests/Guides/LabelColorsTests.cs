using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Tests.Guides;

public sealed class LabelColorsTests
{
    private const int Height = 21, Width = 33;

    [Fact]
    public void Read_NoisyEdges_GoToTheNearestColor()
    {
        // Red up to column 12, a blend at 12, blue after; with noise as a lossy file has it.
        Picture picture = Painted(x => x < 12 ? (0.9f, 0.1f, 0.1f) : x == 12 ? (0.5f, 0.1f, 0.5f) : (0.1f, 0.1f, 0.9f));
        float[] noise = Numbers.Uniform(3, Height * Width);
        for (int i = 0; i < noise.Length; i++)
            picture.Green[i] += 0.08f * noise[i];

        LabelColors colors = LabelColors.Find([("picture", picture)]);
        LabelMap map = colors.Read(picture);

        Assert.InRange(map.Labels.Distinct().Count(), 2, 3);
        Assert.Equal(map.Labels[0], map.Labels[((Height - 1) * Width) + 11]);
        Assert.Equal(map.Labels[13], map.Labels[^1]);
        Assert.NotEqual(map.Labels[0], map.Labels[^1]);
    }

    [Fact]
    public void Of_SeveralPictures_GivesTheSameColorOneNumber()
    {
        Picture first = Painted(x => x < 20 ? (1f, 0f, 0f) : (0f, 1f, 0f));
        Picture second = Painted(x => x < 3 ? (0f, 0.97f, 0.02f) : (0f, 0f, 1f));

        LabelColors colors = LabelColors.Find([("first", first), ("second", second)]);

        Assert.Equal(3, colors.Count);
        Assert.Equal(colors.Read(first).Labels[^1], colors.Read(second).Labels[0]);
        Assert.Equal(3.0 / Width, colors.Read(second).ShareOf(colors.Read(first).Labels[^1]), 1e-12);
    }

    [Fact]
    public void Paint_ThenOf_IsTheSameMap()
    {
        int[] labels = [.. Enumerable.Range(0, Height * Width).Select(i => i % Width / 3)];
        LabelMap map = new(Height, Width, labels);

        Picture painted = LabelColors.Standard.Paint(map);
        LabelColors read = LabelColors.Find([("painted", painted)]);

        Assert.Equal(11, read.Count);
        int[] again = read.Read(painted).Labels;
        Assert.Equal(11, again.Zip(labels).Distinct().Count());
    }

    [Fact]
    public void Of_Photograph_SaysThatItIsNoLabelPicture()
    {
        OptionsException error = Assert.Throws<OptionsException>(
            () => LabelColors.Find([("the photograph's regions", Numbers.Picture(5, Height, Width))]));

        Assert.Contains("the photograph's regions is not a label picture", error.Message, StringComparison.Ordinal);
    }

    private static Picture Painted(Func<int, (float, float, float)> colorOf)
    {
        Picture picture = new(Width, Height);
        for (int i = 0; i < Height * Width; i++)
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = colorOf(i % Width);
        return picture;
    }
}
