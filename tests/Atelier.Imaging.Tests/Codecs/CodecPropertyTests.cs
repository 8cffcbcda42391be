using System.Diagnostics;
using Atelier.Testing;
using FsCheck.Fluent;

namespace Atelier.Imaging.Tests.Codecs;

/// <summary>What holds for every picture and for every file.</summary>
public sealed class CodecPropertyTests
{
    private const int MaxPixels = 20_000;

    /// <summary>Bytes for the tables of the tone curves of a profile.</summary>
    private const int TablesOfCurves = 3 << 20;

    [Fact]
    public void Png_AnyPicture_ComesBackExactly()
        => Properties.ForAll(
            from picture in PictureCase.Any
            from profile in ArbitraryFiles.Profiles
            from texts in ArbitraryFiles.Texts
            select (picture, profile, texts),
            each =>
            {
                Picture picture = each.picture.Create(each.profile, each.texts);

                Picture read = PictureFile.Decode(ArbitraryFiles.Encode(picture, ".png"));

                AssertSamePixels(picture, read);
                Assert.Equal(each.profile, read.IccProfile?.ToArray());
                Assert.Equal(picture.Text, read.Text);
                Assert.Empty(read.Warnings);
            });

    [Fact]
    public void Pnm_AnyPicture_ComesBackExactlyWithoutAlpha()
        => Properties.ForAll(PictureCase.Any, each =>
        {
            Picture picture = each.Create();

            Picture read = PictureFile.Decode(ArbitraryFiles.Encode(picture, ".ppm"));

            AssertSamePixels(new Picture(each.Width, each.Height, picture.Red, picture.Green, picture.Blue)
            {
                BitDepth = each.Bits,
            }, read);
        });

    [Fact]
    public void Jpeg_AnyPicture_DiffersNoMoreThanItsQuantizationAllows()
        => Properties.ForAll(
            from picture in PictureCase.Any
            from quality in Gen.Choose(1, 100)
            select (picture: picture with { HasAlpha = false }, quality),
            each =>
            {
                Picture picture = each.picture.Create();
                byte[] file = ArbitraryFiles.Encode(
                    picture, ".jpg", new EncodeOptions { Quality = each.quality });

                Picture read = PictureFile.Decode(file);

                Assert.Equal((picture.Width, picture.Height), (read.Width, read.Height));
                (double luma, double chroma) = MaxNormsOfError(file, picture.Width, picture.Height);
                double rounding = 2 * Math.Sqrt(picture.Red.Length);
                Assert.InRange(255 * Distance(picture.Red, read.Red), 0, luma + (1.402 * chroma) + rounding);
                Assert.InRange(
                    255 * Distance(picture.Green, read.Green), 0, luma + ((0.34414 + 0.71414) * chroma) + rounding);
                Assert.InRange(255 * Distance(picture.Blue, read.Blue), 0, luma + (1.772 * chroma) + rounding);
            });

    [Fact]
    public void Identify_AnyWholeFile_AgreesWithItsPicture()
        => Properties.ForAll(ArbitraryFiles.Whole, file =>
        {
            PictureInfo info = PictureFile.Identify(file);

            AssertAgrees(info, PictureFile.Decode(file));
        }, count: 400);

    [Fact]
    public void Decode_AnyBytes_GivesAPictureThatAgreesWithItsHeadersOrIsRefused()
    {
        int decoded = 0;
        DecodeLimits limits = new() { MaxPixels = MaxPixels };
        Properties.ForAll(ArbitraryFiles.Damaged, file =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            if (Try(() => PictureFile.Decode(file, limits)) is Picture picture)
            {
                AssertAgrees(PictureFile.Identify(file, limits), picture);
                decoded++;
            }
            else
            {
                Try(() => PictureFile.Identify(file, limits));
            }

            Assert.InRange(
                GC.GetAllocatedBytesForCurrentThread() - before, 0,
                TablesOfCurves + (100 * MaxPixels) + (100 * file.Length));
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
        }, count: 3000);

        Assert.InRange(decoded, 100, 2900);
    }

    private static void AssertSamePixels(Picture expected, Picture actual)
    {
        Assert.Equal(
            (expected.Width, expected.Height, expected.BitDepth), (actual.Width, actual.Height, actual.BitDepth));
        Assert.Equal(expected.Planes.Length, actual.Planes.Length);
        Assert.All(expected.Planes.Zip(actual.Planes), planes => Assert.Equal(planes.First, planes.Second));
    }

    private static void AssertAgrees(PictureInfo info, Picture picture)
    {
        Assert.Equal((picture.Width, picture.Height, picture.BitDepth), (info.Width, info.Height, info.BitDepth));
        Assert.Equal(picture.IccProfile is not null, info.HasIccProfile);

        // A GIF may name a color for what is left out, and then leave out nothing.
        bool mayBeUnused = info is { Format: "GIF", HasAlpha: true };
        Assert.True(mayBeUnused || info.HasAlpha == picture.Alpha is not null);
    }

    private static T? Try<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }

    /// <summary>How far luma and chroma can be from those of the picture, as Euclidean norms over all its pixels. The
    /// transform keeps norms, and each coefficient of each block is off by half a step of its quantizer at most.
    /// </summary>
    private static (double Luma, double Chroma) MaxNormsOfError(byte[] file, int width, int height)
    {
        double blocks = (width + 7) / 8 * ((height + 7) / 8);
        double[] norms = new double[2];
        for (int at = 2; file[at + 1] != 0xDA; at += 2 + (file[at + 2] << 8) + file[at + 3])
        {
            int end = at + 2 + (file[at + 2] << 8) + file[at + 3];
            for (int table = at + 4; file[at + 1] == 0xDB && table < end; table += 65)
            {
                double squares = file.AsSpan(table + 1, 64).ToArray().Sum(step => step * step / 4.0);
                norms[file[table] & 15] = Math.Sqrt(blocks * squares);
            }
        }

        return (norms[0], norms[1]);
    }

    private static double Distance(float[] a, float[] b)
        => Math.Sqrt(a.Zip(b).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2)));
}
