using Atelier.Color;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Testing;
using static Atelier.Tests.Color.ColorPictures;

namespace Atelier.Tests.Color;

public sealed class RecoloringTests
{
    public static TheoryData<ColorMatchKind> Kinds => [.. AllKinds];

    [Theory]
    [InlineData(ColorMatchKind.Cholesky), InlineData(ColorMatchKind.Symmetric)]
    [InlineData(ColorMatchKind.MongeKantorovich), InlineData(ColorMatchKind.Histogram)]
    public void Apply_OtherPalette_GivesItsMeanAndCovariance(ColorMatchKind kind)
    {
        Picture palette = Cloud(9, 53, 47, 0.6f, 0.4f, 0.45f);

        Picture result = Recoloring.Apply(Cloud(4, 61, 39, 0.3f, 0.5f, 0.35f), palette, kind);

        (ColorMoments wanted, ColorMoments found) = (ColorMoments.Measure(palette), ColorMoments.Measure(result));
        Numbers.AssertClose(wanted.Mean, found.Mean, kind == ColorMatchKind.Histogram ? 2e-3 : 1e-5);
        Numbers.AssertClose(
            Flattened(wanted.Covariance), Flattened(found.Covariance),
            kind == ColorMatchKind.Histogram ? 0.03 : 6e-3);
    }

    [Fact]
    public void Apply_MeanStd_GivesEachChannelItsMeanAndDeviation()
    {
        Picture palette = Cloud(9, 53, 47, 0.6f, 0.4f, 0.45f);

        ColorMoments found = ColorMoments.Measure(
            Recoloring.Apply(Cloud(4, 61, 39, 0.3f, 0.5f, 0.35f), palette, ColorMatchKind.MeanStd));

        ColorMoments wanted = ColorMoments.Measure(palette);
        Numbers.AssertClose(wanted.Mean, found.Mean, 1e-5);
        for (int i = 0; i < 3; i++)
            Assert.Equal(wanted.Covariance[i, i], found.Covariance[i, i], wanted.Covariance[i, i] * 6e-3);
    }

    [Fact]
    public void Apply_Histogram_GivesEachChannelItsQuantiles()
    {
        (Picture palette, Picture content) =
            (Cloud(9, 53, 47, 0.6f, 0.4f, 0.45f), Cloud(4, 61, 39, 0.3f, 0.5f, 0.35f));

        Picture result = Recoloring.Apply(content, palette, ColorMatchKind.Histogram);

        for (int plane = 0; plane < 3; plane++)
        {
            float[] wanted = [.. palette.Planes[plane].Order()], found = [.. result.Planes[plane].Order()];
            for (double share = 0.02; share < 1; share += 0.04)
            {
                Assert.Equal(
                    wanted[(int)(share * wanted.Length)], found[(int)(share * found.Length)], 4e-3f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_OwnPalette_LeavesTheColors(ColorMatchKind kind)
    {
        Picture picture = Cloud(4, 31, 43, 0.3f, 0.5f, 0.35f);

        Picture result = Recoloring.Apply(picture, Cloud(4, 31, 43, 0.3f, 0.5f, 0.35f), kind);

        Assert.InRange(FarthestApart(picture, result), 0, kind == ColorMatchKind.Histogram ? 2e-2 : 1e-5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_AmountZero_ChangesNothingAndHalfGoesHalfWay(ColorMatchKind kind)
    {
        (Picture picture, Picture palette) = (Numbers.Picture(1, 13, 17), Cloud(4, 9, 5, 0.3f, 0.5f, 0.35f));

        double[] none = Samples(Recoloring.Apply(picture, palette, kind, 0));
        double[] half = Samples(Recoloring.Apply(picture, palette, kind, 0.5));
        double[] full = Samples(Recoloring.Apply(picture, palette, kind));

        Assert.Equal(Samples(picture), none);
        Numbers.AssertClose([.. none.Zip(full).Select(pair => (pair.First + pair.Second) / 2)], half, 1e-6);
        Assert.NotEqual(none, full);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_FlatTinyOrGrayPictures_StaysFiniteAndInGamut(ColorMatchKind kind)
    {
        Picture gray = Numbers.Picture(5, 7, 9);
        gray = gray.WithColors(gray.Red, gray.Red, gray.Red);
        Picture[] pictures =
        [
            Flat(3, 5, 0, 0, 0), Flat(1, 1, 1, 1, 1), Flat(2, 3, 0.9f, 0.1f, 0), gray, Numbers.Picture(6, 1, 3),
            Numbers.Picture(7, 11, 6),
        ];
        foreach (Picture picture in pictures)
        {
            foreach (Picture palette in pictures)
                AssertInGamut(Recoloring.Apply(picture, palette, kind));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_FlatPalette_GivesItsColor(ColorMatchKind kind)
    {
        Picture result = Recoloring.Apply(Cloud(4, 31, 43, 0.3f, 0.5f, 0.35f), Flat(4, 3, 0.7f, 0.5f, 0.2f), kind);

        Assert.InRange(FarthestApart(Flat(31, 43, 0.7f, 0.5f, 0.2f), result), 0, 0.02);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_HiddenPixels_DoNotCountAndAlphaStays(ColorMatchKind kind)
    {
        Picture seen = Cloud(4, 20, 21, 0.3f, 0.5f, 0.35f), palette = Cloud(9, 8, 7, 0.6f, 0.4f, 0.45f);
        Picture taller = new(
            21, 22, Under(seen.Red), Under(seen.Green), Under(seen.Blue),
            [.. Enumerable.Range(0, 21 * 22).Select(i => i < 21 * 20 ? 1f : 0f)])
        { BitDepth = 16 };

        Picture result = Recoloring.Apply(taller, palette, kind), expected = Recoloring.Apply(seen, palette, kind);

        Assert.Equal(taller.Alpha, result.Alpha);
        Assert.Equal(16, result.BitDepth);
        for (int plane = 0; plane < 3; plane++)
        {
            Numbers.AssertClose(
                Numbers.Doubles(expected.Planes[plane]), Numbers.Doubles(result.Planes[plane][..(20 * 21)]), 1e-5);
        }

        static float[] Under(float[] plane) => [.. plane, .. Enumerable.Repeat(1f, 2 * 21)];
    }

    [Fact]
    public void Apply_PictureWithARecipe_LeavesTheRecipeBehind()
    {
        Picture picture = new Recipe().EmbedIn(Numbers.Picture(1, 3, 4));

        Assert.Null(Recipe.FromPicture(Recoloring.Apply(picture, Numbers.Picture(2, 4, 3), amount: 0)));
    }

    [Theory]
    [InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void Apply_AmountOutside_IsRefused(double amount)
        => Assert.Throws<ArgumentOutOfRangeException>(
            () => Recoloring.Apply(new Picture(1, 1), new Picture(1, 1), amount: amount));
}
