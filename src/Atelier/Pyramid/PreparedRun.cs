using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Pyramid;

/// <summary>A validated request that is ready to be painted, evaluated or planned: the network is loaded, the pictures
/// are recolored, and labels have been converted to masks.</summary>
/// <remarks>Owns the network unless the caller keeps ownership.</remarks>
internal sealed record PreparedRun : IDisposable
{
    private readonly SpatialGuides _givenGuides;
    private readonly SemanticGuides _guides;
    private readonly bool _ownsNetwork;
    private readonly Lazy<ImmutableArray<ScaleMemoryPlan>> _scales;

    // Recoloring is slow, and only painting needs it.
    private Lazy<ImmutableArray<Style>> _recolored;
    private Lazy<(ColorMoments, double)?> _artworkColors;

    /// <param name="styles">The styles as given.</param>
    /// <param name="colors">The color transfer.</param>
    /// <param name="given">The guides as given.</param>
    /// <param name="guides">Equivalent guides without labels.</param>
    /// <param name="ownsNetwork">Whether the network is disposed with the run.</param>
    internal PreparedRun(
        ImmutableArray<Style> styles, ColorTransfer colors, SpatialGuides given, SemanticGuides guides,
        bool ownsNetwork)
    {
        (GivenStyles, Colors, _givenGuides, _guides, _ownsNetwork) = (styles, colors, given, guides, ownsNetwork);
        _recolored = new(() => colors.Recolor(styles));
        _scales = new(() => MemoryPlanner.Plan(this));
        _artworkColors = new(ArtworkColors);
    }

    internal required IEngine Engine { get; init; }

    internal required Network Network { get; init; }

    /// <summary>Builds the objectives.</summary>
    internal required ObjectiveBuilder Objectives { get; init; }

    internal required StylizeOptions Options { get; init; }

    /// <summary>A size with the aspect ratio of the result.</summary>
    internal required (int Width, int Height) FullSize { get; init; }

    /// <summary>The photograph, with colors that continue the visible ones where it is transparent; null for a
    /// texture.</summary>
    internal Picture? Photograph { get; init; }

    internal Picture? Initial { get; init; }

    internal Picture? Palette { get; init; }

    internal CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Memory in use beside the run, in bytes.</summary>
    internal long BytesBeside { get; init; }

    internal ColorTransfer Colors { get; private init; }

    /// <summary>The styles as given, once each.</summary>
    internal ImmutableArray<Style> GivenStyles { get; }

    /// <summary>The photograph after recoloring, as given to the network.</summary>
    internal Picture? Content => Colors.Content;

    /// <summary>Returns the content of the objective at a given size: the recolored photograph with stronger local
    /// contrast, and how firmly to hold on to it; null for a texture.</summary>
    internal ContentTarget? ContentAt(int height, int width)
    {
        if (Content is null)
        {
            return null;
        }

        PlanarPicture picture = LocalContrast.Strengthen(PlanarPicture.From(Content, height, width), Options.Clarity);
        Mask? salience = LocalContrast.Salience(picture, Options.Salience);
        Mask? opacity = _givenGuides.Opacity?.Resize(height, width);
        return new ContentTarget(picture, Mask.Product(salience, opacity));
    }

    /// <summary>Returns the pixels of the recolored photograph that are preserved at a given size; null if there are
    /// none.</summary>
    internal PreservedContent? PreservedAt(int height, int width)
        => Content is null ? null : PreservedContent.Create(Guides, StyleCount, Content, height, width);

    /// <summary>The styles after recoloring, once for each label.</summary>
    internal ImmutableArray<Style> Styles => _guides.Arrange(_recolored.Value);

    /// <summary>Number of entries in <see cref="Styles"/>.</summary>
    internal int StyleCount => _guides.Styles.Length;

    /// <summary>The guides, without labels.</summary>
    internal SpatialGuides Guides => _guides.Guides;

    /// <summary>Warnings about labels without a counterpart.</summary>
    internal ImmutableArray<string> LabelWarnings => _guides.Warnings;

    /// <summary>The plans of the scales, from coarse to fine.</summary>
    /// <exception cref="OptionsException">A scale would exceed the memory limit.</exception>
    internal ImmutableArray<ScaleMemoryPlan> Scales => _scales.Value;

    /// <summary>Long side of the last scale, in pixels.</summary>
    internal int FinalSide => Scales[^1].Scale.LongSide;

    /// <summary>Whether another seed gives another picture: where the painting starts from noise, or where the features
    /// of artworks are sampled. A style file contains its sample.</summary>
    internal bool DependsOnSeed
        => Options.Init is InitKind.Noise or InitKind.Gray or InitKind.StyleStats || Options.NoiseRatio > 0
            || (Options.StyleWeight * Options.NeighborWeight > 0
                && GivenStyles.Any(style => style.Picture is not null));

    /// <summary>The finishing of the painting.</summary>
    internal Finishing Finishing => new(_givenGuides, GivenStyles.Length, Photograph, Colors, _artworkColors.Value);

    /// <summary>The colors of the artworks together, and how far the painting's are mapped to them; null if they are
    /// not: where each artwork has its own part of the picture.</summary>
    private (ColorMoments, double)? ArtworkColors()
    {
        if (Options.ColorMap == 0 || Options.StyleWeight == 0 || ResolvedGuides.CountMasks(Guides, StyleCount) > 1)
        {
            return null;
        }

        int longSide = Math.Max(1, (int)Math.Round(FinalSide * Options.StyleScale));
        double[] shares = Objectives.Shares(StyleCount);
        FeatureStatistics colors = FeatureStatistics.Blend([.. Styles.Select(
            (style, i) => (SizedStyle.Fit(style, Guides.RegionOf(i), longSide).Color, shares[i]))]);
        Matrix3 covariance = new((i, j) =>
            colors.SecondMoment[(i * Matrix3.Size) + j] - (colors.Mean[i] * colors.Mean[j]));
        return (new ColorMoments(colors.Mean, covariance), Options.ColorMap);
    }

    /// <summary>Returns the run for another photograph of the same size, such as the next frame of a video.</summary>
    /// <param name="frame">The frame; its opacity must be that of the run's photograph.</param>
    internal PreparedRun For(Picture frame)
        => this with { Photograph = frame, Colors = Colors.ForFrame(frame, _givenGuides.ColorMask) };

    /// <summary>Returns the run with the color transfer of a scene, which its first frame determines.</summary>
    /// <param name="first">The run of the scene's first frame.</param>
    internal PreparedRun InSceneOf(PreparedRun first) => this with
    {
        Colors = first.Colors.ForFrame(Photograph!, _givenGuides.ColorMask),
        _recolored = first._recolored,
        _artworkColors = first._artworkColors,
    };

    public void Dispose()
    {
        if (_ownsNetwork)
        {
            Network.Dispose();
        }
    }
}
