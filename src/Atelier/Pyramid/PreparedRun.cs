using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Pyramid;

/// <summary>What was asked for, ready to be painted, judged or foretold: checked, with the colors that the network is
/// to see, without labels, its network open.</summary>
/// <remarks>Owns the network, unless it was lent.</remarks>
internal sealed record PreparedRun : IDisposable
{
    private readonly SpatialGuides _givenGuides;
    private readonly SemanticGuides _guides;
    private readonly bool _ownsNetwork;
    private readonly Lazy<ImmutableArray<ScaleMemoryPlan>> _scales;

    // Recoloring takes long, and only painting needs it.
    private Lazy<ImmutableArray<Style>> _recolored;

    /// <param name="styles">The artworks as they were given.</param>
    /// <param name="colors">Whose colors they are to have.</param>
    /// <param name="given">Where they act, as it was given.</param>
    /// <param name="guides">The same without labels.</param>
    /// <param name="ownsNetwork">Whether the network is disposed with the run.</param>
    internal PreparedRun(
        ImmutableArray<Style> styles, ColorTransfer colors, SpatialGuides given, SemanticGuides guides,
        bool ownsNetwork)
    {
        (GivenStyles, Colors, _givenGuides, _guides, _ownsNetwork) = (styles, colors, given, guides, ownsNetwork);
        _recolored = new(() => colors.Recolor(styles));
        _scales = new(() => MemoryPlanner.Plan(this));
    }

    internal required IEngine Engine { get; init; }

    internal required Network Network { get; init; }

    /// <summary>Makes the objectives.</summary>
    internal required ObjectiveBuilder Objectives { get; init; }

    internal required StylizeOptions Options { get; init; }

    /// <summary>A size of the result's shape.</summary>
    internal required (int Width, int Height) FullSize { get; init; }

    /// <summary>The photograph as it was given; null for a texture.</summary>
    internal Picture? Photograph { get; init; }

    internal Picture? Initial { get; init; }

    internal Picture? Palette { get; init; }

    internal CheckpointOptions? Checkpoint { get; init; }

    internal ColorTransfer Colors { get; private init; }

    /// <summary>The styles as they were given, once each.</summary>
    internal ImmutableArray<Style> GivenStyles { get; }

    /// <summary>The photograph as the network is to see it.</summary>
    internal Picture? Content => Colors.Content;

    /// <summary>The styles as the network is to see them, once for each label.</summary>
    internal ImmutableArray<Style> Styles => _guides.Arrange(_recolored.Value);

    /// <summary>How many entries <see cref="Styles"/> has.</summary>
    internal int StyleCount => _guides.Styles.Length;

    /// <summary>Where the styles act; without labels.</summary>
    internal SpatialGuides Guides => _guides.Guides;

    /// <summary>What of the labels has no counterpart.</summary>
    internal ImmutableArray<string> LabelWarnings => _guides.Warnings;

    /// <summary>The sizes, from coarse to fine.</summary>
    /// <exception cref="OptionsException">A size would need more memory than it may have.</exception>
    internal ImmutableArray<ScaleMemoryPlan> Scales => _scales.Value;

    /// <summary>What is done to the painting at last.</summary>
    internal Finishing Finishing => new(_givenGuides, GivenStyles.Length, Photograph, Colors);

    /// <summary>The same for another photograph of the same shape, as the next frame of a video.</summary>
    internal PreparedRun For(Picture frame)
        => this with { Photograph = frame, Colors = Colors.ForFrame(frame, _givenGuides.ColorMask) };

    /// <summary>The same with the colors of a scene: what is matched there is matched as in its first frame.</summary>
    /// <param name="first">The run of the scene's first frame.</param>
    internal PreparedRun InSceneOf(PreparedRun first) => this with
    {
        Colors = first.Colors.ForFrame(Photograph!, _givenGuides.ColorMask),
        _recolored = first._recolored,
    };

    public void Dispose()
    {
        if (_ownsNetwork)
        {
            Network.Dispose();
        }
    }
}
