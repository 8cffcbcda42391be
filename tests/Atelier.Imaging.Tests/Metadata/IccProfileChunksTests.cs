using Atelier.Imaging.Metadata;

namespace Atelier.Imaging.Tests.Metadata;

public sealed class IccProfileChunksTests
{
    private static byte[] Profile(string colorSpace, int length = 140_000)
    {
        byte[] profile = new byte[length];
        new Random(1).NextBytes(profile);
        System.Text.Encoding.ASCII.GetBytes(colorSpace).CopyTo(profile, 16);
        return profile;
    }

    private static IccProfileChunks Collect(IEnumerable<byte[]> segments)
    {
        IccProfileChunks chunks = new();
        foreach (byte[] segment in segments)
        {
            chunks.Add(segment.AsSpan(IccProfileChunks.Signature.Length));
        }

        return chunks;
    }

    [Fact]
    public void Assemble_PartsInAnyOrder_GivesTheProfile()
    {
        byte[] profile = Profile("RGB ");
        byte[][] segments = [.. IccProfileChunks.Split(profile)];

        Assert.Equal(3, segments.Length);
        Assert.All(segments, segment => Assert.InRange(segment.Length, 15, 65_533));
        Assert.Equal(profile, Collect(segments).Assemble());
        Assert.Equal(profile, Collect(segments.Reverse()).Assemble());
    }

    [Fact]
    public void Assemble_MissingDoubledOrContradictingParts_GivesNothing()
    {
        byte[][] segments = [.. IccProfileChunks.Split(Profile("RGB "))];
        byte[] otherCount = [.. segments[2]];
        otherCount[IccProfileChunks.Signature.Length + 1] = 4;
        byte[] numberZero = [.. segments[2]];
        numberZero[IccProfileChunks.Signature.Length] = 0;

        Assert.Null(Collect([]).Assemble());
        Assert.Null(Collect(segments[..2]).Assemble());
        Assert.Null(Collect([.. segments, segments[1]]).Assemble());
        Assert.Null(Collect([segments[0], segments[1], otherCount]).Assemble());
        Assert.Null(Collect([segments[0], segments[1], numberZero]).Assemble());
        Assert.Null(Collect([IccProfileChunks.Signature.ToArray()]).Assemble());
    }
}
