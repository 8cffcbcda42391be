using Atelier.Testing;

namespace Atelier.Imaging.Tests;

public sealed class HiddenColorsTests
{
    [Theory]
    [InlineData(1, 1), InlineData(1, 7), InlineData(23, 14), InlineData(37, 61)]
    public void Visible_WhateverTheHiddenColors_IsTheSame(int height, int width)
    {
        Picture cutOut = CutOuts.Of(Numbers.Picture(1, height, width));
        Picture expected = cutOut.Visible;

        foreach (float hidden in (float[])[0, 1, -3, float.NaN, float.PositiveInfinity])
        {
            Picture other = CutOuts.WithHidden(cutOut, hidden).Visible;
            for (int plane = 0; plane < 4; plane++)
                Assert.Equal(expected.Planes[plane], other.Planes[plane]);
        }
    }

    [Fact]
    public void Visible_WherePixelsAreVisible_KeepsTheirColorsAndElsewhereStaysWithinTheirRange()
    {
        Picture cutOut = CutOuts.Of(Numbers.Picture(2, 29, 46));
        int[] visible = [.. Enumerable.Range(0, 29 * 46).Where(i => cutOut.Alpha![i] >= 1f / 16)];

        Picture continued = cutOut.Visible;

        Assert.All(visible, i => Assert.Equal(cutOut.Green[i], continued.Green[i]));
        (float least, float most) = (visible.Min(i => cutOut.Green[i]), visible.Max(i => cutOut.Green[i]));
        Assert.All(continued.Green, sample => Assert.InRange(sample, least, most));
    }

    [Fact]
    public void Visible_TwoColorsAtTheSides_ContinuesEachNearestToIt()
    {
        const int Height = 9, Width = 32;
        Picture picture = new(Width, Height, hasAlpha: true);
        for (int i = 0; i < Height * Width; i++)
        {
            picture.Red[i] = i % Width < 4 ? 0.2f : 0.8f;
            picture.Alpha![i] = i % Width is < 4 or >= 28 ? 1 : 0;
        }

        float[] row = picture.Visible.Red[(4 * Width)..(5 * Width)];

        Assert.Equal(row.Order(), row);
        Assert.InRange(row[5], 0.2f, 0.35f);
        Assert.InRange(row[26], 0.65f, 0.8f);
        Assert.All(row.Zip(row.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0f, 0.15f));
    }

    [Fact]
    public void Visible_PixelsThatAreHardlyVisible_FadeIntoTheContinuation()
    {
        Picture picture = new(3, 1, [0, 1, 0], [0, 0, 0], [0, 0, 0], [1, 1f / 32, 1]);

        // Blocks of two have 1/3 and 0, of which the pixel's continuation is a quarter; half of it is its own color.
        Assert.Equal(0.5f + (0.5f * 0.25f), picture.Visible.Red[1], 1e-6f);
    }

    [Fact]
    public void Visible_OpaqueOrNothing_IsThePictureOrGray()
    {
        Picture plain = Numbers.Picture(3, 5, 8), opaque = new(8, 5, hasAlpha: true);

        Assert.Same(plain, plain.Visible);
        Assert.Same(opaque, opaque.Visible);
        Picture nothing = new(3, 2, [1, 1, 1, 1, 1, 1], new float[6], new float[6], new float[6]);
        Assert.True(nothing.IsInvisible);
        Assert.All(nothing.Visible.Red, sample => Assert.Equal(0.5f, sample));
    }
}
