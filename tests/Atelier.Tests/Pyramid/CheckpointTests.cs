using System.Text;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Pyramid;

/// <summary>A run that is interrupted, however often and wherever, ends with the bytes of one that is not.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly StylizeOptions Tiny = StylizeOptions.Default with
    {
        Scales = [21, 29, 41],
        Size = 41,
        Margin = 3,
        Iterations = 5,
        NoiseRatio = 0.25,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("out.checkpoint");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<OptimizerKind, StyleLossKind, long?> Kinds => new()
    {
        { OptimizerKind.Adam, StyleLossKind.Wasserstein, null },
        { OptimizerKind.Adam, StyleLossKind.Moments, 113_000_000 },
        { OptimizerKind.Lbfgs, StyleLossKind.Gram, null },
        { OptimizerKind.Lbfgs, StyleLossKind.Wasserstein, 113_000_000 },
        { OptimizerKind.Gd, StyleLossKind.Moments, null },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Resume_AfterRandomInterruptions_EndsWithTheSameBytes(
        OptimizerKind optimizer, StyleLossKind style, long? maxMemory)
    {
        StylizeOptions options = Tiny with
        {
            Optimizer = optimizer,
            StyleLoss = style,
            MaxMemory = maxMemory,
            History = 3,
        };
        StylizeResult expected = Paint(options, threads: 1)!;
        Random random = new((int)optimizer);
        for (int round = 0; round < 4; round++)
        {
            File.Delete(Path);
            StylizeResult? result = null;
            for (int attempt = 0; result is not { IsComplete: true }; attempt++)
            {
                Assert.InRange(attempt, 0, 200);
                result = Paint(
                    options, threads: random.Next(1, 4), every: random.Next(0, 4), lastStep: random.Next(1, 9),
                    isKilled: random.Next(2) == 0);
            }

            AssertSame(expected, result);
        }
    }

    [Fact]
    public void Resume_AtEveryStep_EndsWithTheSameBytes()
    {
        StylizeOptions options = Tiny with { Scales = [21, 29], Size = 29, Iterations = 3 };
        StylizeResult expected = Paint(options, threads: 2)!;
        int steps = expected.Scales.Sum(scale => scale.Losses.Length);
        for (int step = 1; step < steps; step++)
        {
            File.Delete(Path);
            StylizeResult begun = Paint(options, threads: 1, lastStep: step)!;

            Assert.False(begun.IsComplete);
            Assert.Equal(step, begun.Scales.Sum(scale => scale.Losses.Length));
            Assert.Equal((29, 21), (begun.Picture.Width, begun.Picture.Height));
            AssertSame(expected, Paint(options, threads: 2)!);
        }
    }

    [Fact]
    public void Resume_WithMasksAndAStyleFile_EndsWithTheSameBytes()
    {
        Picture half = Numbers.Picture(7, 4, 3);
        using Stylizer stylizer = new(new EngineOptions { Threads = 1 });
        StylizeRequest Guided(StylizeRequest request) => request with
        {
            Styles = [request.Styles[0], stylizer.Extract([request.Styles[1].Picture!], Tiny, [29])],
            Guides = new SpatialGuides { StyleMasks = [StyleMask.FromPicture(half), StyleMask.Rest], Preserve = half },
        };
        StylizeResult expected = Paint(Tiny, threads: 2, change: Guided)!;
        for (int step = 1; step < 12; step += 3)
        {
            File.Delete(Path);
            Assert.Null(Paint(Tiny, threads: 1, every: 1, lastStep: step + 1, isKilled: true, change: Guided));
            AssertSame(expected, Paint(Tiny, threads: 2, change: Guided)!);
        }
    }

    [Fact]
    public void Resume_InterruptedBeforeItsFirstStep_LosesNothing()
    {
        StylizeResult expected = Paint(Tiny, threads: 2)!;
        Paint(Tiny, threads: 2, lastStep: 7);
        Paint(Tiny, threads: 2, lastStep: 0);

        AssertSame(expected, Paint(Tiny, threads: 2)!);
    }

    [Fact]
    public void Stylize_CancelledAtOnce_SavesNothing()
    {
        Assert.Throws<OperationCanceledException>(() => Paint(Tiny, threads: 1, lastStep: 0));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void Resume_AnotherRun_SaysWhatDiffers()
    {
        Paint(Tiny, threads: 1, lastStep: 2);

        AtelierException error = Assert.Throws<AtelierException>(
            () => Paint(Tiny with { Iterations = 6, StyleWeights = [1, 2] }, threads: 1));
        Assert.Contains("iterations is 5 in the checkpoint, but 6 here", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "styleWeights is [] in the checkpoint, but [1,2] here", error.Message, StringComparison.Ordinal);
        Assert.Contains("start over", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<AtelierException>(() => Paint(Tiny, threads: 1, content: "other"));
        Assert.Contains("content is a different file", error.Message, StringComparison.Ordinal);

        string copy = _folder.PathOf("network.safetensors");
        File.Copy(Tiny.Network, copy);
        Paint(Tiny with { Network = copy }, threads: 1, lastStep: 1);
        WeightStore weights = SafetensorsReader.Read(copy);
        weights.Tensors["conv1_1.bias"].Values[0] += 1;
        SafetensorsWriter.Write(copy, weights);
        error = Assert.Throws<AtelierException>(() => Paint(Tiny with { Network = copy }, threads: 1));
        Assert.Contains("network's weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OnAnotherEngine_NamesBoth()
    {
        string bits = $"{EngineInfo.Current.VectorBits} bits";
        Paint(Tiny, threads: 1, lastStep: 2);
        Rewrite(state => state.Replace(bits, "1 bits", StringComparison.Ordinal));

        AtelierException error = Assert.Throws<AtelierException>(() => Paint(Tiny, threads: 1));

        Assert.Contains($"engine 'cpu 1 bits', not 'cpu {bits}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_FromBeforeEnginesHadNames_EndsWithTheSameBytes()
    {
        int bits = EngineInfo.Current.VectorBits;
        StylizeResult expected = Paint(Tiny, threads: 2)!;
        Paint(Tiny, threads: 1, lastStep: 7);
        Rewrite(state => state.Replace(
            $"\"engine\":\"cpu {bits} bits\"", $"\"vectorBits\":{bits}", StringComparison.Ordinal));

        AssertSame(expected, Paint(Tiny, threads: 2)!);
    }

    [Fact]
    public void Resume_OfADamagedFile_IsAFormatError()
    {
        Paint(Tiny, threads: 1, lastStep: 2);
        byte[] whole = File.ReadAllBytes(Path);
        Random random = new(5);
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. whole];
            int place = random.Next(damaged.Length);
            damaged[place] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(Path, round % 3 == 0 ? whole[..place] : damaged);

            WeightFormatException error = Assert.Throws<WeightFormatException>(() => Paint(Tiny, threads: 1));
            Assert.StartsWith(Path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Resume_OfAnotherSafetensorsFile_IsAFormatError()
    {
        File.Copy(Tiny.Network, Path);

        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Paint(Tiny, threads: 1));
        Assert.Contains("not a checkpoint", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Replaces the state that the checkpoint holds by another.</summary>
    private void Rewrite(Func<string, string> change)
    {
        WeightStore store = SafetensorsReader.Read(Path);
        string state = store.Metadata["atelier:state"], changed = change(state);
        Assert.NotEqual(state, changed);
        SortedDictionary<string, string> metadata = new(store.Metadata, StringComparer.Ordinal)
        {
            ["atelier:state"] = changed,
        };
        metadata.Remove(SafetensorsChecksum.Key);
        TensorSource[] tensors = [.. store.Tensors.Select(tensor => new TensorSource(
            tensor.Key, [.. tensor.Value.Shape], () => tensor.Value.Values))];
        metadata[SafetensorsChecksum.Key] = SafetensorsChecksum.Compute(metadata, tensors);
        using FileStream stream = File.Create(Path);
        SafetensorsWriter.Write(stream, metadata, tensors);
    }

    private static void AssertSame(StylizeResult expected, StylizeResult result)
    {
        Assert.True(result.IsComplete);
        Assert.Equal(expected.Picture.Red, result.Picture.Red);
        Assert.Equal(expected.Picture.Green, result.Picture.Green);
        Assert.Equal(expected.Picture.Blue, result.Picture.Blue);
        Assert.Equal(expected.Terms, result.Terms);
        Assert.Equal(expected.Scales.Length, result.Scales.Length);
        Assert.All(expected.Scales.Zip(result.Scales), scales =>
        {
            Assert.Equal((scales.First.Width, scales.First.Height), (scales.Second.Width, scales.Second.Height));
            Assert.Equal(scales.First.Losses, scales.Second.Losses);
            Assert.Equal(
                scales.First.Terms.Select(term => (term.Name, string.Join(' ', term.Values))),
                scales.Second.Terms.Select(term => (term.Name, string.Join(' ', term.Values))));
        });
    }

    /// <summary>Paints, from the checkpoint if there is one.</summary>
    /// <param name="lastStep">Steps after which the run is cancelled.</param>
    /// <param name="isKilled">Whether it ends then without a chance to save anything; gives null.</param>
    /// <param name="change">Changes the request.</param>
    private StylizeResult? Paint(
        StylizeOptions options, int threads, int every = 0, int lastStep = int.MaxValue, bool isKilled = false,
        string content = "content", Func<StylizeRequest, StylizeRequest>? change = null)
    {
        using CancellationTokenSource cancel = new();
        int step = 0;
        void OnStep()
        {
            if (++step == lastStep)
            {
                cancel.Cancel();
                if (isKilled)
                {
                    throw new KilledException();
                }
            }
        }

        if (lastStep == 0)
        {
            cancel.Cancel();
        }

        using Stylizer stylizer = new(new EngineOptions { Threads = threads });
        StylizeRequest request = new()
        {
            Content = Numbers.Picture(1, 35, 48),
            Styles = [Numbers.Picture(2, 61, 37), Numbers.Picture(3, 20, 30)],
            Options = options,
            Checkpoint = new CheckpointOptions
            {
                Path = Path,
                Recipe = new Recipe
                {
                    Content = RecipePicture.Create("photo.png", Encoding.UTF8.GetBytes(content)),
                    Options = options,
                },
                Every = every,
                Resume = File.Exists(Path),
            },
        };
        try
        {
            return stylizer.Stylize(change?.Invoke(request) ?? request, new Steps(OnStep), cancel.Token);
        }
        catch (KilledException)
        {
            return null;
        }
    }

    private sealed class KilledException : Exception;

    private sealed class Steps(Action onStep) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => onStep();
    }
}
