using System.Diagnostics;

namespace Atelier.Imaging.Tests.Codecs.Jpeg;

public sealed class JpegDamageTests
{
    [Theory]
    [InlineData("arithmetic", "arithmetic-coded")]
    [InlineData("lossless", "lossless")]
    [InlineData("hierarchical", "hierarchical")]
    [InlineData("12-bit", "12-bit")]
    [InlineData("two-components", "2 components")]
    [InlineData("sampling-5", "sampling 5 x 1")]
    [InlineData("huge", "20000 x 20000")]
    [InlineData("huge-progressive", "20000 x 20000")]
    [InlineData("no-frame", "before the frame header")]
    [InlineData("no-quantization", "quantization table 0")]
    [InlineData("no-scan", "no part of the picture")]
    [InlineData("empty-scan", "no part of the picture")]
    [InlineData("overfull-huffman", "Huffman")]
    public void Decode_UnusableFile_SaysWhatIsWrong(string name, string words)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(JpegFixtures.Corrupt(name)));

        Assert.StartsWith("JPEG", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_BaselineCutInTheMiddle_KeepsTheUpperPartAndWarns()
    {
        Picture cut = PictureFile.Decode(JpegFixtures.Corrupt("cut-baseline"));

        Assert.NotEmpty(cut.Warnings);
        Assert.Contains("scan 1", cut.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("MCU 5 of 20", cut.Warnings[0], StringComparison.Ordinal);
        Assert.Equal((67, 53), (cut.Width, cut.Height));
        Assert.True(cut.Red.AsSpan(0, 67 * 8).ToArray().Distinct().Count() > 20);
        Assert.All(cut.Red[(67 * 40)..], sample => Assert.Equal(128 / 255f, sample));
    }

    [Fact]
    public void Decode_ProgressiveCut_ShowsTheWholePictureCoarsely()
    {
        Picture whole = PictureFile.Decode(JpegFixtures.Valid("progressive-420"));

        Picture cut = PictureFile.Decode(JpegFixtures.Corrupt("cut-progressive"));

        Assert.NotEmpty(cut.Warnings);
        Assert.InRange(JpegFixtures.Psnr(whole, cut), 20, 60);
    }

    [Theory]
    [InlineData("damaged-middle", "damaged")]
    [InlineData("damaged-interval", "bytes too many")]
    public void Decode_DamagedScan_WarnsWhere(string name, string words)
    {
        Picture picture = PictureFile.Decode(JpegFixtures.Corrupt(name));

        string warning = Assert.Single(picture.Warnings);
        Assert.Contains(words, warning, StringComparison.Ordinal);
        Assert.Matches("MCU \\d+ of 20, near byte \\d+", warning);
    }

    [Fact]
    public void Decode_LostRestartInterval_KeepsTheOthersInPlace()
    {
        byte[] file = JpegFixtures.Valid("restart-each-row");
        int second = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD0]);
        int third = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD1]);
        Picture whole = PictureFile.Decode(file);

        Picture damaged = PictureFile.Decode([.. file.AsSpan(0, second), .. file.AsSpan(third)]);

        // Rows of 16 pixels; next to the lost one, color is interpolated with what is not there.
        Assert.NotEmpty(damaged.Warnings);
        Assert.Equal(whole.Red[..(67 * 15)], damaged.Red[..(67 * 15)]);
        Assert.Equal(whole.Red[(67 * 33)..], damaged.Red[(67 * 33)..]);
        Assert.All(damaged.Green[(67 * 17)..(67 * 31)], sample => Assert.Equal(128 / 255f, sample));
    }

    [Fact]
    public void Decode_MoreScansThanTheLimit_StopsAndWarns()
    {
        Picture picture = PictureFile.Decode(JpegFixtures.Corrupt("many-scans"));

        Assert.Contains("more than 500 scans", picture.Warnings[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size-17x33")]
    [InlineData("progressive-gray")]
    [InlineData("icc-srgb")]
    public void Decode_EveryPrefix_ThrowsOrWarns(string name)
    {
        byte[] file = JpegFixtures.Valid(name);
        int decoded = 0;
        for (int length = 0; length < file.Length; length++)
        {
            Picture? picture = JpegFixtures.TryDecode(file.AsSpan(0, length));
            Assert.True(picture is null || picture.Warnings.Length > 0, $"{length} bytes of {file.Length}: no warning");
            decoded += picture is null ? 0 : 1;
        }

        Assert.True(decoded > 20, $"only {decoded} prefixes gave a picture");
    }

    [Theory]
    [InlineData("sampling-2x2")]
    [InlineData("progressive-444-restart")]
    [InlineData("partly-interleaved-restart")]
    [InlineData("cmyk-adobe")]
    [InlineData("orientation-6")]
    public void Decode_MutatedBytes_OnlyFormatErrorsInBoundedTime(string name)
    {
        byte[] file = JpegFixtures.Valid(name);
        Random random = new(name.Length);
        Stopwatch watch = Stopwatch.StartNew();
        int decoded = 0;
        for (int round = 0; round < 1000; round++)
        {
            byte[] mutated = [.. file];
            for (int i = random.Next(1, 12); i > 0; i--)
            {
                mutated[random.Next(2, mutated.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
            }

            decoded += JpegFixtures.TryDecode(mutated) is null ? 0 : 1;
        }

        Assert.InRange(decoded, 50, 1000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }
}
