using System.Numerics;
using Atelier.Color;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;
using FsCheck;
using FsCheck.Fluent;
using static Atelier.Tests.Color.ColorPictures;

namespace Atelier.Tests.Color;

/// <summary>What holds of the colors of every two pictures.</summary>
public sealed class ColorPropertyTests
{
    private static readonly ColorMatchKind[] LinearKinds = [.. AllKinds.Except([ColorMatchKind.Histogram])];

    private static Gen<(PictureCase Picture, PictureCase Palette)> Pairs =>
        from picture in PictureCase.Any
        from palette in PictureCase.Any
        select (picture, palette);

    [Fact]
    public void Map_Linear_GivesTheMeanAndCovarianceOfThePalette()
        => Properties.ForAll(
            from pair in Pairs
            from kind in Gen.Elements(LinearKinds)
            select (pair.Picture, pair.Palette, kind),
            each =>
            {
                Picture picture = each.Picture.Create();
                (ColorMoments from, ColorMoments to) =
                    (ColorMoments.Measure(picture), ColorMoments.Measure(each.Palette.Create()));
                ColorMatrix map = LinearMatch.Between(from, to, each.kind).Matrix;

                ColorMoments found = ColorMoments.Measure(ColorLoop.Map(picture, map));

                // What is added to both covariances goes through the map on one side only.
                double[] square = SquareOf(map);
                double stretch = 1 + square[0] + square[4] + square[8];
                for (int i = 0; i < 9; i++)
                {
                    if (each.kind == ColorMatchKind.MeanStd && i % 4 != 0) continue;
                    double added = LinearMatch.Regularization * ((i % 4 == 0 ? 1 : 0) - square[i]);
                    Assert.Equal(to.Covariance[i / 3, i % 3] + added, found.Covariance[i / 3, i % 3], 3e-6 * stretch);
                }

                Assert.All(
                    to.Mean.Zip(found.Mean), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Sqrt(stretch)));
            });

    [Fact]
    public void Apply_OwnPalette_LeavesTheColors()
        => Properties.ForAll(
            from picture in PictureCase.Any
            from kind in Gen.Elements(LinearKinds)
            select (picture, kind),
            each =>
            {
                Picture picture = each.picture.Create();
                if (picture.IsInvisible)
                {
                    return;
                }

                Picture recolored = Recoloring.Apply(picture, picture, each.kind);
                Assert.InRange(FarthestApart(picture.Visible, recolored), 0, 1e-4);
            });

    [Fact]
    public void Apply_AmountZero_ChangesNothing()
        => Properties.ForAll(
            from pair in Pairs
            from kind in Gen.Elements(AllKinds)
            select (pair.Picture, pair.Palette, kind),
            each =>
            {
                Picture picture = each.Picture.Create();

                Assert.Equal(picture.Planes, Recoloring.Apply(picture, each.Palette.Create(), each.kind, 0).Planes);
            });

    [Fact]
    public void Apply_AnyPalette_StaysInGamutAndKeepsAlpha()
        => Properties.ForAll(
            from pair in Pairs
            from kind in Gen.Elements(AllKinds)
            from tenths in Gen.Choose(0, 10)
            select (pair.Picture, pair.Palette, kind, amount: tenths / 10.0),
            each =>
            {
                Picture picture = each.Picture.Create();

                Picture result = Recoloring.Apply(picture, each.Palette.Create(), each.kind, each.amount);

                AssertInGamut(result);
                Assert.Equal(picture.Alpha, result.Alpha);
                Assert.Equal((picture.Width, picture.Height), (result.Width, result.Height));
            });

    [Fact]
    public void Join_AnyTwoPictures_HasTheLuminanceOfOneAndTheChromaOfTheOther()
        => Properties.ForAll(
            from pair in Pairs
            from isGentle in Gen.Elements(false, true)
            select (pair.Picture, pair.Palette, isGentle),
            each =>
            {
                PictureCase other = each.Palette with { Width = each.Picture.Width, Height = each.Picture.Height };
                Picture chroma = Pale(each.Picture), luminance = Pale(other);

                Picture result = Luminance.Join(chroma, luminance);

                AssertInGamut(result);
                Numbers.AssertClose(
                    Numbers.Doubles(Luminance.Compute(luminance)), Numbers.Doubles(Luminance.Compute(result)), 3e-3);
                for (int i = 0; i < result.Red.Length && each.isGentle; i++)
                {
                    Assert.Equal(chroma.Red[i] - chroma.Green[i], result.Red[i] - result.Green[i], 3e-7f);
                    Assert.Equal(chroma.Blue[i] - chroma.Green[i], result.Blue[i] - result.Green[i], 3e-7f);
                }

                // Chroma of samples from 0.4 to 0.6 fits at any luminance between them.
                Picture Pale(PictureCase picture) => each.isGentle
                    ? PlanarPicture.From(picture.Create()).Map(sample => 0.4f + (0.2f * sample)).ToPicture()
                    : picture.Create();
            });

    [Fact]
    public void Srgb_EncodedAndDecoded_IsTheSameAndOrdered()
        => Properties.ForAll(Gen.Choose(-1_000_000, 2_000_000).Select(part => part / 1e6f).Two(), pair =>
        {
            (float low, float high) = (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2));
            Vector<float> light = Srgb.Decode(new Vector<float>(low)), more = Srgb.Decode(new Vector<float>(high));

            Assert.Equal(low, Srgb.Encode(light)[0], 2e-6f);
            Assert.Equal(low, Srgb.Decode(Srgb.Encode(new Vector<float>(low)))[0], 4e-6f);
            Assert.True(light[0] <= more[0] + 1e-6f);
        }, count: 2000);

    [Fact]
    public void Oklab_OfAnyPicture_TurnsBackIntoItsColors()
        => Properties.ForAll(PictureCase.Any, each =>
        {
            Picture picture = each.Create();

            float[][] lab = Oklab.FromPicture(picture);

            for (int i = 0; i < picture.Red.Length; i++)
            {
                (double red, double green, double blue) = LightOf(lab[0][i], lab[1][i], lab[2][i]);
                Assert.Equal(Srgb.Decode(new Vector<float>(picture.Red[i]))[0], red, 1e-5);
                Assert.Equal(Srgb.Decode(new Vector<float>(picture.Green[i]))[0], green, 1e-5);
                Assert.Equal(Srgb.Decode(new Vector<float>(picture.Blue[i]))[0], blue, 1e-5);
            }
        });

    /// <summary>The map's matrix times its transpose.</summary>
    private static double[] SquareOf(ColorMatrix map)
    {
        Picture axes = ColorLoop.Map(new Picture(4, 1, [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]), map);
        double[] matrix = [.. axes.Planes.SelectMany(plane => plane[1..].Select(value => (double)value - plane[0]))];
        return Matrices.Multiply(3, matrix, Matrices.Transpose(3, matrix));
    }

    /// <summary>The inverse of Oklab as its author publishes it.</summary>
    private static (double Red, double Green, double Blue) LightOf(double lightness, double a, double b)
    {
        double l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        double m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        double s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }
}
