using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Video;

/// <summary>A request to paint a video, whose frames come from an <see cref="IFrameSource"/>.</summary>
public sealed record VideoRequest
{
    /// <summary>The artworks or style files; at least one, unless the style weight is 0.</summary>
    public required ImmutableArray<Style> Styles { get; init; }

    /// <summary>The options of each frame.</summary>
    public StylizeOptions Options { get; init; } = StylizeOptions.Default;

    /// <summary>The options of the video.</summary>
    public VideoOptions Video { get; init; } = VideoOptions.Default;

    /// <summary>The guides for all frames.</summary>
    public SpatialGuides Guides { get; init; } = SpatialGuides.None;

    /// <summary>Returns the guides of a frame by its index, from 0, if they change over time. It should return the same
    /// object for neighboring frames with the same guides. Null uses <see cref="Guides"/> for all frames.</summary>
    public Func<int, SpatialGuides>? GuidesForFrame { get; init; }

    /// <summary>The initial picture of each scene's first frame, for <see cref="InitKind.File"/>.</summary>
    public Picture? Initial { get; init; }

    /// <summary>The picture whose colors are used instead of the video's, as in <see cref="StylizeRequest.Palette"/>.
    /// </summary>
    public Picture? Palette { get; init; }

    /// <summary>Where finished frames are stored. Required for resuming, for several passes and for loops; null stores
    /// none.</summary>
    public VideoCheckpointOptions? Checkpoint { get; init; }

    /// <summary>Creates the request for a single frame.</summary>
    internal StylizeRequest RequestOf(Picture? content, int frame) => new()
    {
        Content = content,
        Styles = Styles,
        Options = Options,
        Guides = GuidesForFrame?.Invoke(frame) ?? Guides,
        Initial = Initial,
        Palette = Palette,
        MayBeInvisible = true,

        // What is invalid is refused before memory is planned.
        BytesBeside = content is null || Options.Validate(Styles.Length).Count > 0
            ? 0
            : VideoMemory.BytesBeside(this, content),
    };
}
