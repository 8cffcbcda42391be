using Atelier.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Atelier.Imaging.Tests;

/// <summary>What holds for every resizing.</summary>
public sealed class ResamplerPropertyTests
{
    // Sums of a few hundred products in single precision, of samples up to 1.
    private const float Rounding = 4e-6f;

    /// <summary>A plane of values in [0, 1], and a size for it.</summary>
    public sealed record Resizing(int Width, int Height, int NewWidth, int NewHeight, bool IsLanczos, int Seed)
    {
        internal ResampleFilter Filter => IsLanczos ? ResampleFilter.Lanczos3 : ResampleFilter.Bilinear;

        internal float[] Plane => Numbers.Uniform(Seed, Width * Height);

        internal float[] Resize(float[] plane)
            => Resampler.ResizePlane(plane, Width, Height, NewWidth, NewHeight, Filter);
    }

    private static Gen<int> Sides => Gen.Choose(1, 40);

    private static Gen<Resizing> Cases =>
        from width in Sides
        from height in Sides
        from newWidth in Sides
        from newHeight in Sides
        from isLanczos in Gen.Elements(false, true)
        from seed in Gen.Choose(0, 1_000_000)
        select new Resizing(width, height, newWidth, newHeight, isLanczos, seed);

    [Fact]
    public void ResizePlane_Constant_StaysConstantInTheSizeAskedFor()
        => Properties.ForAll(Cases, each =>
        {
            float value = each.Plane[0];
            float[] constant = new float[each.Width * each.Height];
            Array.Fill(constant, value);

            float[] resized = each.Resize(constant);

            Assert.Equal(each.NewWidth * each.NewHeight, resized.Length);
            Assert.All(resized, sample => Assert.Equal(value, sample, Rounding));
        });

    [Fact]
    public void ResizePlane_SameSize_IsTheSamePlane()
        => Properties.ForAll(Cases, each => Assert.Equal(
            each.Plane, (each with { NewWidth = each.Width, NewHeight = each.Height }).Resize(each.Plane)));

    [Fact]
    public void ResizePlane_AnyPlane_OvershootsNoMoreThanItsFilter()
        => Properties.ForAll(Cases, each =>
        {
            // Negative weights that sum to −n, beside positive ones that sum to 1 + n, reach from −n to 1 + n.
            double across = Negative(each.Width, each.NewWidth), down = Negative(each.Height, each.NewHeight);
            double overshoot = across + down + (2 * across * down);

            Assert.All(
                each.Resize(each.Plane),
                sample => Assert.InRange(sample, -overshoot - Rounding, 1 + overshoot + Rounding));

            double Negative(int length, int newLength)
            {
                if (length == newLength) return 0;
                ResampleWeights weights = new(length, newLength, each.Filter);
                return Enumerable.Range(0, newLength).Max(
            i => weights.WeightsOf(i).ToArray().Sum(w => Math.Max(0, -w)));
            }
        });

    [Fact]
    public void ResizePlane_Mirrored_IsTheMirrorImage()
        => Properties.ForAll(Cases, each =>
        {
            float[] mirrored = each.Resize(Mirror(each.Plane, each.Width));

            AssertClose(Mirror(each.Resize(each.Plane), each.NewWidth), mirrored);
        });

    [Fact]
    public void ResizePlane_Transposed_IsTheTransposedPlane()
        => Properties.ForAll(Cases, each =>
        {
            Resizing turned = new(each.Height, each.Width, each.NewHeight, each.NewWidth, each.IsLanczos, each.Seed);

            AssertClose(
                Transpose(each.Resize(each.Plane), each.NewWidth), turned.Resize(Transpose(each.Plane, each.Width)));
        });

    [Fact]
    public void ResizePlane_SumOfPlanes_IsTheSumOfTheirResults()
        => Properties.ForAll(Cases, each =>
        {
            float[] first = each.Plane, second = (each with { Seed = each.Seed + 1 }).Plane;
            float[] sum = [.. first.Zip(second, (a, b) => (a / 2) + (b / 2))];

            AssertClose(
                [.. each.Resize(first).Zip(each.Resize(second), (a, b) => (a / 2) + (b / 2))], each.Resize(sum));
        });

    [Fact]
    public void ResizePlane_TriangleByAWholeFactor_GivesSamplesInsideAllTheSameShare()
        => Properties.ForAll(Cases, each =>
        {
            int factor = 2 + (each.Seed % 3), newLength = each.Width + 4, length = newLength * factor;
            float[] line = new float[length];
            line[(length / 2) + (each.Seed % factor)] = 1;

            float[] resized = Resampler.ResizePlane(line, length, 1, newLength, 1, ResampleFilter.Bilinear);

            Assert.Equal(1f / factor, resized.Sum(), Rounding);
        });

    [Fact]
    public void Resize_AnyPicture_HasTheSizeAskedForAndStaysInTheRange()
        => Properties.ForAll(
            from picture in PictureCase.Any
            from width in Sides
            from height in Sides
            select (picture, width, height),
            each =>
            {
                Picture resized = Resampler.Resize(each.picture.Create(), each.width, each.height);

                Assert.Equal(
                    (each.width, each.height, each.picture.HasAlpha, each.picture.Bits),
                    (resized.Width, resized.Height, resized.Alpha is not null, resized.BitDepth));
                Assert.All(resized.Planes, plane => Assert.All(plane, sample => Assert.InRange(sample, 0f, 1f)));
            });

    [Fact]
    public void Orientation_ThereAndBack_IsTheSamePicture()
        => Properties.ForAll(
            from picture in PictureCase.Any
            from orientation in Gen.Elements(Enum.GetValues<Orientation>())
            select (picture, orientation),
            each =>
            {
                Picture picture = each.picture.Create();
                Orientation back = each.orientation switch
                {
                    Orientation.Rotate90 => Orientation.Rotate270,
                    Orientation.Rotate270 => Orientation.Rotate90,
                    Orientation same => same,
                };

                Picture turned = each.orientation.Apply(picture);

                Assert.Equal(
                    each.orientation.TurnedSize(picture.Width, picture.Height), (turned.Width, turned.Height));
                Assert.All(
                    picture.Planes.Zip(back.Apply(turned).Planes), planes => Assert.Equal(planes.First, planes.Second));
            });

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Rounding));
    }

    private static float[] Mirror(float[] plane, int width)
        => [.. plane.Chunk(width).SelectMany(row => row.Reverse())];

    private static float[] Transpose(float[] plane, int width)
        => [.. Enumerable.Range(0, plane.Length)
            .Select(i => (Row: i % (plane.Length / width), Column: i / (plane.Length / width)))
            .Select(at => plane[(at.Row * width) + at.Column])];
}
