using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Video;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Videos;

/// <summary>What video is to be painted: the clip and the part of it, the look, and all options.</summary>
public sealed record VideoChoice
{
    /// <summary>The clip; null if none is chosen yet.</summary>
    public Clip? Clip { get; init; }

    /// <summary>The artworks, and the options of each frame. It has no photograph.</summary>
    public PaintingChoice Look { get; init; } = new();

    /// <summary>The options of the video.</summary>
    public VideoOptions Video { get; init; } = VideoOptions.Default;

    /// <summary>The first frame of the part that is painted, from 0.</summary>
    public int From { get; init; }

    /// <summary>The last frame of the part that is painted.</summary>
    public int To { get; init; }

    /// <summary>The extension of the result.</summary>
    public string Extension { get; init; } = ".mp4";

    /// <summary>Number of frames to paint.</summary>
    public int FrameCount => To - From + 1;

    /// <summary>Whether there is enough to paint.</summary>
    public bool IsComplete => Clip is not null && Look.Artworks.Length > 0;

    /// <summary>The name of the result.</summary>
    public string ResultName
        => $"{Clip!.File.Title} - {string.Join(" + ", Look.Artworks.Select(artwork => artwork.Title))}{Extension}";

    /// <summary>Returns the choice with another clip, of which all is painted.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="hasFfmpeg">Whether there is ffmpeg, without which results are animations.</param>
    public VideoChoice With(Clip clip, bool hasFfmpeg)
    {
        ArgumentNullException.ThrowIfNull(clip);
        bool isAnimation = ClipFormat.OfName(clip.File.Name)?.IsAnimation == true;
        return this with
        {
            Clip = clip,
            From = 0,
            To = clip.FrameCount - 1,
            Extension = isAnimation || !hasFfmpeg ? ".gif" : ".mp4",
        };
    }

    /// <summary>Returns what single frames need to be painted: the artworks and their options.</summary>
    internal VideoRequest RequestWith(LoadedSources loaded) => new()
    {
        Styles = loaded.Request.Styles,
        Options = NetworkCache.ForCurrentUser().Resolve(Look.Options),
    };

    /// <summary>Returns the choice with another range, which is kept within the clip.</summary>
    public VideoChoice WithRange(int from, int to)
    {
        int last = Clip!.FrameCount - 1, first = Math.Clamp(from, 0, last);
        return this with { From = first, To = Math.Clamp(to, first, last) };
    }

    /// <summary>Returns the choice with another look.</summary>
    public VideoChoice WithLook(Func<PaintingChoice, PaintingChoice> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this with { Look = change(Look) };
    }

    /// <summary>Returns the choice with other options of each frame.</summary>
    public VideoChoice WithOptions(Func<StylizeOptions, StylizeOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WithLook(look => look with { Options = change(look.Options) });
    }
}
