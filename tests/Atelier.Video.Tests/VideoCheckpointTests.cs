using System.Text.Json;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Testing;

namespace Atelier.Video.Tests;

/// <summary>The file of finished frames: whole frames come back, whatever became of the file's end.</summary>
public sealed class VideoCheckpointTests
{
    private const string Network = "aa";
    private const string Engine = "cpu 256 bits";

    [Fact]
    public void Header_FromBeforeEnginesHadNames_IsOfTheProcessors()
    {
        VideoCheckpointHeader header = JsonSerializer.Deserialize(
            """{"recipe":"{}","video":{},"network":"aa","vector-bits":256}""",
            VideoCheckpointJson.Default.VideoCheckpointHeader)!;

        Assert.Equal(Engine, header.PaintedBy);
    }

    [Fact]
    public void Read_FramesOfSeveralPasses_GivesBackWhatWasAppended()
    {
        using TemporaryFolder folder = new();
        using VideoCheckpoint checkpoint = VideoCheckpoint.Open(At(folder), VideoOptions.Default, Network, Engine);
        Picture[] pictures = [.. Enumerable.Range(0, 4).Select(Painting)];
        FrameRecord[] entries = [.. Enumerable.Range(0, 4).Select(Entry)];
        for (int i = 0; i < 4; i++)
            checkpoint.Append(entries[i], pictures[i]);

        foreach (int i in (int[])[2, 0, 3, 1])
        {
            Assert.Equal(entries[i], checkpoint.Find(i % 2, i / 2));
            Assert.Equal(pictures[i].Blue, checkpoint.Read(i % 2, i / 2).Blue);
        }

        Assert.Null(checkpoint.Find(1, 2));
    }

    [Fact]
    public void Open_AnyPartOfTheFile_HoldsTheFramesThatAreWholeAndGoesOn()
    {
        using TemporaryFolder folder = new();
        VideoCheckpointOptions options = At(folder);
        List<long> ends = [];
        using (VideoCheckpoint checkpoint = VideoCheckpoint.Open(options, VideoOptions.Default, Network, Engine))
        {
            ends.Add(new FileInfo(options.Path).Length);
            for (int i = 0; i < 3; i++)
            {
                checkpoint.Append(Entry(i), Painting(i));
                ends.Add(new FileInfo(options.Path).Length);
            }
        }

        byte[] whole = File.ReadAllBytes(options.Path);
        for (int length = (int)ends[0]; length <= whole.Length; length += 7)
        {
            File.WriteAllBytes(options.Path, whole[..length]);
            using VideoCheckpoint checkpoint = VideoCheckpoint.Open(
                options with { Resume = true }, VideoOptions.Default, Network, Engine);
            int frames = ends.Count(end => end <= length) - 1;
            Assert.Equal(frames > 0, checkpoint.Find(0, 0) is not null);
            Assert.Equal(frames > 2, checkpoint.Find(0, 1) is not null);
            checkpoint.Append(Entry(6), Painting(6));
            Assert.Equal(Painting(6).Red, checkpoint.Read(0, 3).Red);
        }

        whole[(int)ends[1] + 100] ^= 1;
        File.WriteAllBytes(options.Path, whole);
        using VideoCheckpoint damaged = VideoCheckpoint.Open(
            options with { Resume = true }, VideoOptions.Default, Network, Engine);
        Assert.NotNull(damaged.Find(0, 0));
        Assert.Null(damaged.Find(1, 0));
        Assert.Null(damaged.Find(0, 1));
    }

    [Fact]
    public void Open_CheckpointOfAnotherRun_SaysWhatDiffers()
    {
        using TemporaryFolder folder = new();
        VideoCheckpointOptions options = At(folder);
        VideoCheckpoint.Open(options, VideoOptions.Default, Network, Engine).Dispose();
        VideoCheckpointOptions other = options with
        {
            Resume = true,
            Recipe = options.Recipe with
            {
                Content = new RecipePicture("other.mp4", "cc"),
                Options = options.Recipe.Options with { TvWeight = 7 },
            },
        };

        VideoOptions video = VideoOptions.Default with { TemporalWeight = 2 };
        string message = Assert.Throws<AtelierException>(
            () => VideoCheckpoint.Open(other, video, "bb", "opencl")).Message;

        foreach (string part in (string[])["content is a different file",
            "tvWeight is 2 in the checkpoint, but 7 here", "temporal-weight is",
            "network's weights", "engine 'cpu 256 bits', not 'opencl'", "start over"])
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_NoCheckpoint_SaysSo()
    {
        using TemporaryFolder folder = new();
        VideoCheckpointOptions options = At(folder) with { Resume = true };
        Assert.Throws<FileNotFoundException>(
            () => VideoCheckpoint.Open(options, VideoOptions.Default, Network, Engine));
        foreach (byte[] content in (byte[][])[[], [.. "ATELIER-SPOOL-1\n"u8], new byte[500]])
        {
            File.WriteAllBytes(options.Path, content);
            string message = Assert.Throws<AtelierException>(
                () => VideoCheckpoint.Open(options, VideoOptions.Default, Network, Engine)).Message;
            Assert.Contains("not a checkpoint of a video", message, StringComparison.Ordinal);
        }
    }

    private static VideoCheckpointOptions At(TemporaryFolder folder) => new()
    {
        Path = Path.Combine(folder.Path, "x.checkpoint"),
        Recipe = new Recipe { Content = new RecipePicture("in.mp4", "dd") },
    };

    private static FrameRecord Entry(int i)
        => new(i % 2, i / 2, 0, 100 * i, 100, new FrameReport(i, i == 0, i == 0 ? null : 1.0 / 3, null, 0.1, 2));

    private static Picture Painting(int i) => Numbers.Planes(i, 5, 7).ToBytesAndBack().ToPicture();
}
