using Atelier.Jobs.Blobs;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop.Videos;

namespace Atelier.Jobs.Work;

/// <summary>The video of a film, and how it is painted and written.</summary>
public sealed record FilmClip
{
    private const int MaxRate = 1000;

    /// <summary>The name of the file or folder.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the file, or of the archive of the folder's pictures.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether it is a folder of pictures.</summary>
    public bool IsFolder { get; init; }

    /// <summary>The part of the video to use.</summary>
    public VideoSelection Selection { get; init; } = new();

    /// <summary>The codec and quality of a video file.</summary>
    public VideoEncoding Encoding { get; init; } = new();

    /// <summary>The options of the video.</summary>
    public VideoOptions Video { get; init; } = VideoOptions.Default;

    /// <summary>The scene to paint; null for all.</summary>
    public VideoScene? Scene { get; init; }

    /// <summary>Throws if anything is invalid. Nothing of a clip is trusted.</summary>
    /// <exception cref="AtelierException">It is.</exception>
    internal void Require()
    {
        if (!BlobKey.IsDigest(Sha256))
        {
            throw new AtelierException($"the job names the video '{Name}' without its SHA-256.");
        }

        bool isRate = Selection.FrameRate is not { } rate
            || (rate is { Numerator: > 0, Denominator: > 0 } && rate.Value <= MaxRate);
        if (!isRate || Selection.Start < TimeSpan.Zero || Selection.End <= Selection.Start || Selection.LongSide < 1
            || Scene is { First: < 0 } or { Count: < 1 })
        {
            throw new AtelierException($"the job selects a part of the video '{Name}' that cannot be.");
        }

        if (Video.Validate() is { Count: > 0 } problems)
        {
            throw new OptionsException(problems);
        }
    }
}
