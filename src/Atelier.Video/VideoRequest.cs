using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Video;

/// <summary>How a video is to be painted; its frames come from an <see cref="IFrameSource"/>.</summary>
public sealed record VideoRequest
{
    /// <summary>The artworks, or what style files keep of them; one or more, unless the style weight is 0.</summary>
    public required ImmutableArray<Style> Styles { get; init; }

    /// <summary>The options of each frame.</summary>
    public StylizeOptions Options { get; init; } = StylizeOptions.Default;

    /// <summary>The options of the video.</summary>
    public VideoOptions Video { get; init; } = VideoOptions.Default;

    /// <summary>Where styles act, what is taken of them, and what stays as it is, in every frame.</summary>
    public SpatialGuides Guides { get; init; } = SpatialGuides.None;

    /// <summary>The guides of a frame, counted from 0, where they change with time; the same object for neighboring
    /// frames that have the same. Null where <see cref="Guides"/> hold for all.</summary>
    public Func<int, SpatialGuides>? GuidesOf { get; init; }

    /// <summary>The picture that each scene's first frame starts from, for <see cref="InitKind.File"/>.</summary>
    public Picture? Initial { get; init; }

    /// <summary>The picture whose colors stand in for the video's, as in <see cref="StylizeRequest.Palette"/>.
    /// </summary>
    public Picture? Palette { get; init; }

    /// <summary>Where finished frames are kept; needed for a run that can be resumed, for several passes and for a
    /// loop. Null keeps none.</summary>
    public SpoolOptions? Spool { get; init; }

    /// <summary>A frame as a picture to be painted.</summary>
    internal StylizeRequest RequestOf(Picture? content, int frame) => new()
    {
        Content = content,
        Styles = Styles,
        Options = Options,
        Guides = GuidesOf?.Invoke(frame) ?? Guides,
        Initial = Initial,
        Palette = Palette,
    };
}
