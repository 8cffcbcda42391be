using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

public sealed class TimedFramesTests
{
    [Fact]
    public void Write_Frame_IsAClusterThatSaysWhen()
    {
        using MemoryStream stream = new();

        new MatroskaFrameWriter(stream, new Rational(1001, 30000)).Write([1, 2, 3], 30, 1);

        Assert.Equal(
        [
            // Cluster, with the time 1.001 s in it.
            0x1F, 0x43, 0xB6, 0x75, 1, 0, 0, 0, 0, 0, 0, 59,
            0xE7, 1, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0x3B, 0xAA, 0x0C, 0x40,
            // Block group, block of track 1, and 33.3666667 ms.
            0xA0, 1, 0, 0, 0, 0, 0, 0, 33, 0xA1, 1, 0, 0, 0, 0, 0, 0, 7, 0x81, 0, 0, 0, 1, 2, 3,
            0x9B, 1, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0x01, 0xFD, 0x22, 0x8B,
        ], stream.ToArray().Select(value => (int)value));
    }
}
