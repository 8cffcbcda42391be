using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Testing;

/// <summary>A request that cannot be painted.</summary>
/// <param name="Request">The request.</param>
/// <param name="IsOfPainting">Whether only painting is impossible: such pictures can be judged.</param>
/// <param name="IsOfStyle">Whether it also keeps the style from being measured.</param>
internal sealed record BadRequest(StylizeRequest Request, bool IsOfPainting = false, bool IsOfStyle = false);

/// <summary>Every contradiction and every bad input that there is, by name.</summary>
internal static class BadRequests
{
    private const int Height = 35, Width = 48;

    private static readonly StylizeOptions Options = StylizeOptions.Default with
    {
        Size = 48,
        MinSize = 32,
        Margin = 0,
        Iterations = 2,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    private static readonly Picture Black = new(Width, Height), White = Mask.White(Height, Width).ToPicture();

    private static readonly Picture Nothing =
        new(Width, Height, Black.Red, Black.Red, Black.Red, new float[Width * Height]);

    private static readonly Picture LeftHalf = new Mask(
        Height, Width, [.. Enumerable.Range(0, Height * Width).Select(i => i % Width < Width / 2 ? 1f : 0f)])
        .ToPicture();

    private static readonly Picture RightHalf =
        new(Width, Height, White.Red, White.Red, White.Red, Inverse(LeftHalf).Red);

    private static readonly Lazy<Style> File = new(() => Extract(Options));

    /// <summary>What they would be if nothing were wrong.</summary>
    internal static StylizeRequest Good { get; } = new()
    {
        Content = Numbers.Picture(1, Height, Width),
        Styles = [Numbers.Picture(2, 41, 50)],
        Options = Options,
    };

    /// <summary>The requests by what is wrong.</summary>
    internal static ImmutableSortedDictionary<string, BadRequest> All { get; } =
        OfNumbers().Concat(OfStyles()).Concat(OfGuides()).Concat(OfPictures()).Concat(OfNetwork())
        .ToImmutableSortedDictionary(each => each.Item1, each => each.Item2);

    private static Picture Inverse(Picture mask) => Mask.FromPicture(mask).Inverse.ToPicture();

    private static BadRequest With(Func<StylizeOptions, StylizeOptions> change, bool ofStyle = true)
        => new(Good with { Options = change(Options) }, IsOfStyle: ofStyle);

    private static BadRequest With(SpatialGuides guides) => new(Good with { Guides = guides });

    private static Style Extract(StylizeOptions options)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = 1 });
        return stylizer.Extract([Numbers.Picture(2, 41, 50)], options, [32]);
    }

    private static IEnumerable<(string, BadRequest)> OfNumbers() =>
    [
        ("size", With(o => o with { Size = 8 })),
        ("style-scale", With(o => o with { StyleScale = 0 })),
        ("aspect", With(o => o with { Aspect = double.NaN })),
        ("content-weight", With(o => o with { ContentWeight = -1 }, ofStyle: false)),
        ("style-weight", With(o => o with { StyleWeight = double.NaN }, ofStyle: false)),
        ("tv-weight", With(o => o with { TvWeight = 1e13 })),
        ("activation-shift", With(o => o with { StyleLoss = StyleLossKind.Gram, ActivationShift = 2000 })),
        ("activation-shift of no Gram matrix", With(o => o with { ActivationShift = 1 })),
        ("correlation-chain of no Gram matrix", With(o => o with { CorrelationChain = true }, ofStyle: false)),
        ("color-amount", With(o => o with { ColorAmount = 2 })),
        ("learning-rate", With(o => o with { LearningRate = 0 })),
        ("history", With(o => o with { History = 0 })),
        ("iterations", With(o => o with { Iterations = 0 })),
        ("initial-iterations", With(o => o with { InitialIterations = 0 })),
        ("iteration-growth", With(o => o with { IterationGrowth = 4 })),
        ("scale-factor", With(o => o with { ScaleFactor = 1 })),
        ("min-size", With(o => o with { MinSize = 8 })),
        ("noise-ratio", With(o => o with { NoiseRatio = 2 })),
        ("average", With(o => o with { Average = 1 })),
        ("margin", With(o => o with { Margin = 300 })),
        ("max-memory", With(o => o with { MaxMemory = 1 })),
        ("scales too small", With(o => o with { Scales = [8, 48] })),
        ("scales shrinking", With(o => o with { Scales = [64, 48] })),
        ("scales that do not end at the size", With(o => o with { Scales = [32, 40] })),
        ("nothing to paint towards", With(
            o => o with { ContentWeight = 0, StyleWeight = 0, TvWeight = 0, ChromaTvWeight = 0 }, ofStyle: false)),
        ("memory that the size exceeds", new(
            Good with { Options = Options with { Size = 4096, MaxMemory = 150_000_000 } }, IsOfPainting: true)),
        ("tiles of odd sides", new(
            Good with { Options = Options with { Tileable = true } }, IsOfPainting: true)),
    ];

    private static IEnumerable<(string, BadRequest)> OfStyles() =>
    [
        ("no style", new(Good with { Styles = [] }, IsOfStyle: true)),
        ("style-weights of another number", With(o => o with { StyleWeights = [1, 2] })),
        ("style-weights too large", With(o => o with { StyleWeights = [1e13] })),
        ("style-weights of 0", With(o => o with { StyleWeights = [0] })),
        ("style-weights of next to nothing", new(
            Good with
            {
                Styles = [.. Good.Styles, .. Good.Styles],
                Options = Options with { StyleWeights = [1, -1] },
            },
            IsOfStyle: true)),
        ("style-weights in one place", new(Good with
        {
            Styles = [.. Good.Styles, .. Good.Styles],
            Options = Options with { StyleWeights = [2, -1] },
            Guides = new SpatialGuides { StyleMasks = [StyleMask.FromPicture(White), StyleMask.All] },
        })),
        ("style file of another network", new(Good with
        {
            Styles = [File.Value],
            Options = Options with { Network = "compact" },
        })),
        ("style file of another pooling", new(Good with
        {
            Styles = [File.Value],
            Options = Options with { Pooling = Pooling.Average },
        })),
        ("style file of other layers", new(Good with
        {
            Styles = [File.Value],
            Options = Options with { StyleLayers = LayerSelection.All },
        })),
        ("style file for a chain", new(Good with
        {
            Styles = [File.Value],
            Options = Options with { StyleLoss = StyleLossKind.Gram, CorrelationChain = true },
        })),
        ("style file to be recolored", new(Good with
        {
            Styles = [File.Value],
            Options = Options with { Color = ColorKind.Luminance },
        })),
        ("region of a style file", new(Good with
        {
            Styles = [File.Value],
            Guides = new SpatialGuides { StyleRegions = [White] },
        })),
        ("labels of a style file", new(Good with
        {
            Styles = [File.Value],
            Guides = new SpatialGuides { Labels = new RegionLabels(White, [White]) },
        })),
    ];

    private static IEnumerable<(string, BadRequest)> OfGuides() =>
    [
        ("style-mask of another number", With(new SpatialGuides { StyleMasks = [StyleMask.All, StyleMask.All] })),
        ("style-mask 'rest' of nothing", With(new SpatialGuides { StyleMasks = [StyleMask.Rest] })),
        ("style-mask black", With(new SpatialGuides { StyleMasks = [StyleMask.FromPicture(Black)] })),
        ("style-region of another number", new(
            Good with { Guides = new SpatialGuides { StyleRegions = [White, White] } }, IsOfStyle: true)),
        ("style-region black", new(
            Good with { Guides = new SpatialGuides { StyleRegions = [Black] } }, IsOfStyle: true)),
        ("labels of another number", With(new SpatialGuides { Labels = new RegionLabels(White, [White, White]) })),
        ("labels that are a photograph", With(new SpatialGuides { Labels = new RegionLabels(Good.Content!, [White]) })),
        ("preserve black", With(new SpatialGuides { Preserve = Black })),
        ("preserve white", With(new SpatialGuides { Preserve = White })),
        ("color-mask black", new(Good with
        {
            Options = Options with { Color = ColorKind.Content },
            Guides = new SpatialGuides { ColorMask = Black },
        })),
        ("color-mask without color content", With(new SpatialGuides { ColorMask = White })),
    ];

    private static IEnumerable<(string, BadRequest)> OfPictures() =>
    [
        ("palette without color", new(Good with { Palette = White })),
        ("init without picture", new(
            Good with { Options = Options with { Init = InitKind.File } }, IsOfPainting: true)),
        ("no content", new(Good with { Content = null })),
        ("no content to start from", new(
            Good with { Content = null, Options = Options with { ContentWeight = 0 } }, IsOfPainting: true)),
        ("no content to keep", new(
            Good with
            {
                Content = null,
                Options = Options with { ContentWeight = 0, Init = InitKind.Noise },
                Guides = new SpatialGuides { StyleMasks = [StyleMask.FromPicture(White)] },
            },
            IsOfPainting: true)),
        ("content transparent", new(Good with { Content = Nothing })),
        ("style transparent", new(Good with { Styles = [Nothing] }, IsOfStyle: true)),
        ("init transparent", new(
            Good with { Initial = Nothing, Options = Options with { Init = InitKind.File } }, IsOfPainting: true)),
        ("palette transparent", new(
            Good with { Palette = Nothing, Options = Options with { Color = ColorKind.Content } })),
        ("style-region of transparent pixels", new(
            Good with { Styles = [RightHalf], Guides = new SpatialGuides { StyleRegions = [LeftHalf] } },
            IsOfStyle: true)),
        ("preserve of all visible pixels", new(
            Good with { Content = RightHalf, Guides = new SpatialGuides { Preserve = Inverse(LeftHalf) } })),
        .. new[] { ColorKind.Luminance, ColorKind.Match, ColorKind.Content }.Select(color => (
            $"no content for color {OptionValues.Format(color)}", new BadRequest(Good with
            {
                Content = null,
                Options = Options with { ContentWeight = 0, Init = InitKind.Noise, Color = color },
            }))),
    ];

    private static IEnumerable<(string, BadRequest)> OfNetwork() =>
    [
        ("content layer that is not there", With(
            o => o with { ContentLayers = LayerSelection.Parse("relu9_9") }, ofStyle: false)),
        ("style layer that is not there", With(o => o with { StyleLayers = LayerSelection.Parse("relu9_9") })),
        ("style layers of weight 0", With(o => o with { StyleLayers = LayerSelection.Parse("relu1_1=0") })),
        ("chain of one layer", With(
            o => o with
            {
                StyleLoss = StyleLossKind.Gram,
                CorrelationChain = true,
                StyleLayers = LayerSelection.Parse("relu1_1"),
            },
            ofStyle: false)),
    ];
}
