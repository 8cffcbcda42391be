using Atelier.Testing;

namespace Atelier.Imaging.Vips.Tests;

/// <summary>Skips a test where the native library cannot be loaded, and says why.</summary>
public abstract class NativeLibrary
{
    protected NativeLibrary()
    {
        Assert.SkipWhen(
            VipsFormats.UnavailableReason is not null, $"libvips cannot be loaded: {VipsFormats.UnavailableReason}");
        VipsFormats.Register();
    }

    /// <summary>Reads one of the files that other programs wrote.</summary>
    internal static byte[] FileOf(string name) => File.ReadAllBytes(Fixture.PathOf("images", "vips", name));

    /// <summary>The formula of the pictures in these files, 19 x 11 pixels.</summary>
    internal static (int Red, int Green, int Blue) Formula(int x, int y) => (x * 13, y * 23, x * y % 256);

    /// <summary>Asserts that every sample is the float of a level.</summary>
    /// <param name="highest">The highest level.</param>
    /// <param name="levelAt">The level of a pixel.</param>
    internal static void AssertLevels(float[] plane, int width, double highest, Func<int, int, double> levelAt)
    {
        for (int i = 0; i < plane.Length; i++)
        {
            Assert.Equal((i, (float)(levelAt(i % width, i / width) / highest)), (i, plane[i]));
        }
    }

    /// <summary>Asserts that a picture of 8 bits is that of the formula.</summary>
    internal static void AssertFormula(Picture picture)
    {
        Assert.Equal((19, 11), (picture.Width, picture.Height));
        AssertLevels(picture.Red, 19, 255, (x, y) => Formula(x, y).Red);
        AssertLevels(picture.Green, 19, 255, (x, y) => Formula(x, y).Green);
        AssertLevels(picture.Blue, 19, 255, (x, y) => Formula(x, y).Blue);
    }

    /// <summary>Returns the differences of all samples of two pictures, in levels of 8 bits.</summary>
    internal static float[] Differences(Picture one, Picture other)
    {
        Assert.Equal((other.Width, other.Height), (one.Width, one.Height));
        return [.. new[] { (one.Red, other.Red), (one.Green, other.Green), (one.Blue, other.Blue) }
            .SelectMany(planes => planes.Item1.Zip(planes.Item2, (a, b) => 255f * MathF.Abs(a - b)))];
    }
}
