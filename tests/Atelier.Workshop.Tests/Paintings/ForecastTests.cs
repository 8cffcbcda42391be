using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Workshop.Tests.Paintings;

/// <summary>What is known of a run is said before it is painted.</summary>
public sealed class ForecastTests : IDisposable
{
    private static readonly StylizeOptions Small = StylizeOptions.Default with { Size = 32, MinSize = 32 };

    private readonly Stylizer _stylizer = new(new EngineOptions { Threads = 1 });

    public void Dispose() => _stylizer.Dispose();

    [Theory]
    [InlineData(1, "content", 0, 0, true)]
    [InlineData(0, "content", 0, 0, false)]
    [InlineData(1, "content", 0, 3, false)]
    [InlineData(1, "content", 0.1, 0, false)]
    [InlineData(1, "noise", 0, 0, false)]
    [InlineData(1, "gray", 0, 0, false)]
    public void Check_Seed_WarnsOnlyIfNothingIsRandom(
        int seed, string init, double noise, double neighbors, bool isWarned)
    {
        StylizeOptions options = Small with
        {
            Seed = seed,
            Init = OptionValues.Parse<InitKind>(init),
            NoiseRatio = noise,
            NeighborWeight = neighbors,
        };

        Assert.Equal(isWarned, Warnings(40, 30, options).Any(warning => warning.StartsWith(
            "seed 1 has no effect", StringComparison.Ordinal)));
    }

    [Fact]
    public void Check_PhotographOfOnePixel_WarnsInTheSingular()
        => Assert.Contains(
            "the content's long side is 1 pixel; it is enlarged to 32. Use size original to keep its size.",
            Warnings(1, 1, Small));

    [Fact]
    public void Check_LargePhotograph_CountsWhatDecodingNeeds()
    {
        RunForecast small = _stylizer.Check(RequestOf(40, 30, Small));
        RunForecast large = _stylizer.Check(RequestOf(4000, 3000, Small));

        // Three planes of floats, and up to four bytes a pixel of the file and its samples.
        const long Pixels = 4000 * 3000;
        Assert.InRange(large.PeakBytes, Pixels * 16, (Pixels * 16) + small.PeakBytes);
    }

    private ImmutableArray<string> Warnings(int width, int height, StylizeOptions options)
        => _stylizer.Check(RequestOf(width, height, options)).Warnings;

    private static StylizeRequest RequestOf(int width, int height, StylizeOptions options) => new()
    {
        Content = new Picture(width, height),
        Styles = [new Style(new Picture(36, 44))],
        Options = options,
    };
}
