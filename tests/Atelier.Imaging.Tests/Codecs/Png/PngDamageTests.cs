using System.Text;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Png;

public sealed class PngDamageTests
{
    private static readonly byte[] Palette = [10, 20, 30, 40, 50, 60];

    [Theory]
    [InlineData(2, 8, false), InlineData(0, 1, true), InlineData(6, 16, false)]
    public void Decode_EveryPrefix_GivesTheRowsThatAreThereWithAWarning(int colorType, int depth, bool isInterlaced)
    {
        TestPng png = new(7, 5, depth, colorType, isInterlaced) { Parts = 3 };
        byte[] file = png.Build();
        Picture whole = PictureFile.Decode(file);
        int firstPixels = file.AsSpan().IndexOf("IDAT"u8), most = 0;

        List<int> accepted = Mutations.AcceptedPrefixes(file);

        Assert.All(accepted, length => Assert.True(length > firstPixels + 4));
        Assert.Equal(accepted, [.. Enumerable.Range(accepted[0], file.Length - accepted[0])]);
        foreach (int length in accepted)
        {
            Picture part = PictureFile.Decode(file.AsSpan(0, length));
            int same = part.Red.Zip(whole.Red).TakeWhile(pair => pair.First == pair.Second).Count();

            Assert.Single(part.Warnings);
            Assert.True(isInterlaced || same >= most);
            most = same;
        }

        Assert.Equal(whole.Red.Length, most);
    }

    [Fact]
    public void Decode_CutOffWithoutEnoughDataForItsSize_IsRefusedBeforeAllocation()
    {
        byte[] file = new TestPng(20_000, 20_000, 16, 6).Assemble([0x78, 0xDA, 0x63, 0, 0, 1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(file[..^20], "cannot hold");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Decode_RandomlyChangedBytes_ThrowNothingElse()
    {
        byte[] text = [.. "Title\0abc"u8];
        byte[] file = new TestPng(21, 13, 4, 3, true) { Chunks = [("PLTE", Palette), ("tEXt", text)] }.Build();

        int refused = Mutations.CountRefused(file, count: 2000, seed: 1);
        int repaired = Mutations.CountRefused(file, count: 2000, seed: 2, TestPng.RepairChecksums);

        Assert.InRange(refused, 1800, 2000);
        Assert.InRange(repaired, 500, 1999);
    }

    [Fact]
    public void Decode_HugeSize_IsRefusedBeforeAllocation()
    {
        byte[] large = new TestPng(60_000, 60_000, 8, 2).Assemble([1, 2, 3]);
        byte[] hollow = new TestPng(20_000, 20_000, 16, 6).Assemble([1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(large, "exceed the limit");
        AssertRefused(hollow, "cannot hold");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Decode_LimitRaisedWithoutEnd_StillRefusesWhatNoArrayHolds()
    {
        byte[] file = new TestPng(int.MaxValue, int.MaxValue, 1, 0).Assemble([1]);

        DecodeLimits limits = new() { MaxPixels = long.MaxValue };

        Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file, limits));
    }

    [Fact]
    public void Decode_TooFewRows_IsRefused()
    {
        TestPng png = new(9, 6, 8, 2);
        byte[] rows = png.RawRows(png.SampleAt);

        AssertRefused(png.Assemble(TestPng.Compress(rows[..^1])), "end too early");
    }

    [Fact]
    public void Decode_MoreDataThanNeeded_IsAWarning()
    {
        TestPng png = new(9, 6, 8, 2);
        byte[] rows = png.RawRows(png.SampleAt);

        Picture picture = PictureFile.Decode(png.Assemble(TestPng.Compress([.. rows, 1, 2, 3])));

        Assert.Single(picture.Warnings);
        Assert.Equal(PictureFile.Decode(png.Build()).Red, picture.Red);
    }

    [Fact]
    public void Decode_CompressedDataCutOff_IsRefused()
    {
        TestPng png = new(9, 6, 8, 2);
        byte[] data = TestPng.Compress(png.RawRows(png.SampleAt));
        // The last bytes hold no pixels: an end code, and a checksum of what that of the chunk has vouched for already.
        for (int length = 1; length < data.Length - 6; length++)
        {
            AssertRefused(png.Assemble(data[..length]), "PNG IDAT");
        }
    }

    [Fact]
    public void Decode_CompressedDataWithWrongChecksum_IsRefused()
    {
        TestPng png = new(9, 6, 8, 2);
        byte[] data = TestPng.Compress(png.RawRows(png.SampleAt));
        data[^1] ^= 1;

        AssertRefused(png.Assemble(data), "damaged");
    }

    [Fact]
    public void Decode_CompressionThatNeedsADictionary_IsRefused()
    {
        // A zlib header that is right in itself, but asks for a dictionary that PNG does not have.
        AssertRefused(new TestPng(3, 3, 8, 0).Assemble([0x78, 0xBB, 1, 2, 3, 4, 5, 6]), "damaged");
    }

    [Fact]
    public void Decode_UnknownFilter_IsRefused()
    {
        TestPng png = new(3, 1, 8, 0);

        AssertRefused(png.Assemble(TestPng.Compress([5, 1, 2, 3])), "filter 5");
    }

    [Fact]
    public void Decode_WrongChecksum_IsAnErrorOrAWarning()
    {
        byte[] file = new TestPng(3, 3, 8, 0) { Chunks = [("tEXt", [.. "Title\0abc"u8])] }.Build();
        byte[] wrongText = [.. file], wrongPixels = [.. file];
        wrongText[file.AsSpan().IndexOf("tEXt"u8) + 8] ^= 1;
        wrongPixels[file.AsSpan().IndexOf("IDAT"u8) + 8] ^= 1;

        Picture picture = PictureFile.Decode(wrongText);

        Assert.Empty(picture.Text);
        Assert.Contains("tEXt", Assert.Single(picture.Warnings), StringComparison.Ordinal);
        AssertRefused(wrongPixels, "checksum is wrong");
    }

    [Fact]
    public void Decode_CountlessTexts_AreReadWithinBounds()
    {
        TestPng damaged = new(1, 1, 8, 0) { Chunks = [.. Enumerable.Repeat(("zTXt", (byte[])[1, 2]), 100_000)] };
        IEnumerable<byte[]> texts = Enumerable.Range(0, 100_000).Select(i => Encoding.ASCII.GetBytes($"{i}\0text"));
        TestPng sound = new(1, 1, 8, 0) { Chunks = [.. texts.Select(text => ("tEXt", text))] };

        Assert.InRange(PictureFile.Decode(damaged.Build()).Warnings.Length, 1, 100);
        Assert.InRange(PictureFile.Decode(sound.Build()).Text.Count, 1000, 70_000);
    }

    [Fact]
    public void Decode_MisplacedOrMalformedChunks_AreRefused()
    {
        TestPng png = new(3, 3, 1, 3);

        AssertRefused(png.Build(), "no PLTE");
        AssertRefused((png with { Chunks = [("PLTE", Palette), ("PLTE", Palette)] }).Build(), "twice");
        AssertRefused((png with { Chunks = [("PLTE", [1, 2])] }).Build(), "PLTE");
        AssertRefused((png with { Chunks = [("PLTE", Palette), ("ABCD", [])] }).Build(), "ABCD");
        AssertRefused((png with { Chunks = [("PLTE", Palette), ("IDAT", [1]), ("tIME", [])] }).Build(), "between");
        AssertRefused((png with { Chunks = [("IHDR", [1])] }).Build(), "IHDR");
        AssertRefused(png.Assemble([]), "no IDAT");
    }

    [Theory]
    [InlineData(1, 8), InlineData(3, 16), InlineData(2, 4), InlineData(6, 1), InlineData(0, 3), InlineData(7, 8)]
    public void Decode_KindThatDoesNotExist_IsRefused(int colorType, int depth)
        => AssertRefused(new TestPng(3, 3, depth, colorType).Assemble([1, 2, 3]), "does not exist");

    [Fact]
    public void Decode_SignatureChangedByTextTransfer_SaysSo()
    {
        byte[] file = new TestPng(3, 3, 8, 0).Build();
        byte[] changed = [.. file[..4], .. file[5..]];

        AssertRefused(changed, "text mode");
    }

    private static void AssertRefused(byte[] file, string reason)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
