using System.Security.Cryptography;
using System.Text;

namespace Atelier.Primitives.Tests;

public sealed class Sha256Tests
{
    // The examples of FIPS 180-4 and its companion papers.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void HexOf_PublishedExamples_IsThePublishedHash(string message, string hash)
        => Assert.Equal(hash, Sha256.HexOf(Encoding.ASCII.GetBytes(message)));

    [Fact]
    public void HexOf_AMillionLetters_IsThePublishedHash()
    {
        byte[] message = new byte[1_000_000];
        message.AsSpan().Fill((byte)'a');

        Assert.Equal("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Sha256.HexOf(message));
    }

    [Fact]
    public void Append_EveryLengthInPieces_GivesTheHashOfTheWhole()
    {
        Random random = new(180_4);
        Sha256 hash = new();
        for (int length = 0; length <= 200; length++)
        {
            byte[] message = new byte[length];
            random.NextBytes(message);
            string expected = Convert.ToHexStringLower(SHA256.HashData(message));
            Assert.Equal(expected, Sha256.HexOf(message));
            for (int trial = 0; trial < 20; trial++)
            {
                for (int start = 0; start < length;)
                {
                    int count = random.Next(length - start + 1);
                    hash.Append(message.AsSpan(start, count));
                    start += count;
                }

                Assert.Equal(expected, hash.FinishHex());
            }
        }
    }

    [Fact]
    public void HexOf_StreamOfSeveralChunks_IsThatOfItsBytesFromWhereItStands()
    {
        byte[] message = new byte[200_003];
        new Random(1).NextBytes(message);
        using MemoryStream stream = new(message) { Position = 3 };

        string hash = Sha256.HexOf(stream, TestContext.Current.CancellationToken);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(message.AsSpan(3))), hash);
        Assert.Equal(message.Length, stream.Position);
    }

    [Fact]
    public void HexOf_Canceled_Throws()
    {
        using MemoryStream stream = new(new byte[100]);
        using CancellationTokenSource canceled = new();
        canceled.Cancel();

        Assert.Throws<OperationCanceledException>(() => Sha256.HexOf(stream, canceled.Token));
    }

    [Fact]
    public void Finish_RoomTooSmall_ThrowsAndKeepsWhatWasAppended()
    {
        Sha256 hash = new();
        hash.Append("abc"u8);

        Assert.Throws<ArgumentOutOfRangeException>(() => hash.Finish(new byte[Sha256.HashBytes - 1]));
        Assert.StartsWith("ba7816bf", hash.FinishHex(), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_ManyPieces_AllocatesNothing()
    {
        Sha256 hash = new();
        byte[] piece = new byte[1000], result = new byte[Sha256.HashBytes];
        hash.Append(piece);
        hash.Finish(result);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
            hash.Append(piece);
        hash.Finish(result);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
