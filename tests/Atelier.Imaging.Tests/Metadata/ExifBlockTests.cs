using Atelier.Imaging.Metadata;

namespace Atelier.Imaging.Tests.Metadata;

public sealed class ExifBlockTests
{
    private static Orientation OrientationOf(ReadOnlySpan<byte> block)
        => ExifBlock.Read(block)?.Orientation ?? Orientation.Normal;

    private static readonly byte[] BigEndian =
    [
        .. "MM"u8, 0, 42, 0, 0, 0, 8,
        0, 2,
        1, 0x0F, 0, 2, 0, 0, 0, 2, (byte)'a', 0, 0, 0,
        1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0,
    ];

    private static readonly byte[] LittleEndian =
    [
        .. "II"u8, 42, 0, 10, 0, 0, 0, 99, 99,
        1, 0,
        0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0,
    ];

    [Fact]
    public void ReadOrientation_BothByteOrders_AreUnderstood()
    {
        Assert.Equal(Orientation.Rotate90, OrientationOf(BigEndian));
        Assert.Equal(Orientation.Rotate270, OrientationOf(LittleEndian));
    }

    [Fact]
    public void ReadOrientation_EveryPrefix_IsNormal()
    {
        for (int length = 0; length < BigEndian.Length; length++)
        {
            Assert.Equal(Orientation.Normal, OrientationOf(BigEndian.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(0xFF)]
    public void ReadOrientation_UnknownValue_IsNormal(byte value)
    {
        byte[] tiff = [.. LittleEndian];
        tiff[^4] = value;

        Assert.Equal(Orientation.Normal, OrientationOf(tiff));
    }

    [Theory]
    [InlineData(0xFF, 0xFF)]
    [InlineData(0xFF, 0x7F)]
    [InlineData(0, 0)]
    public void ReadOrientation_DirectoryOutside_IsNormal(byte low, byte high)
    {
        byte[] tiff = [.. LittleEndian];
        (tiff[4], tiff[5], tiff[6], tiff[7]) = (low, low, low, high);

        Assert.Equal(Orientation.Normal, OrientationOf(tiff));
    }

    [Fact]
    public void ReadOrientation_MoreEntriesThanBytes_ReadsThoseThatAreThere()
    {
        byte[] tiff = [.. LittleEndian];
        (tiff[10], tiff[11]) = (0xFF, 0xFF);

        Assert.Equal(Orientation.Rotate270, OrientationOf(tiff));
    }
}
