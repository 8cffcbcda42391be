using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Videos;

/// <summary>The selected part of a video, its frame rate and its size.</summary>
public sealed record VideoSelection
{
    /// <summary>Where to start.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Where to end; null for the end of the video.</summary>
    public TimeSpan? End { get; init; }

    /// <summary>The constant frame rate to convert the video to, or the frame rate of a folder of pictures. Null keeps
    /// the video's own rate, and uses <see cref="FolderRate"/> for a folder.</summary>
    public Rational? FrameRate { get; init; }

    /// <summary>Pixels of the longer side; null keeps the size.</summary>
    public int? LongSide { get; init; }

    /// <summary>The default frame rate of a folder of pictures, in frames per second.</summary>
    public static Rational FolderRate { get; } = new(25, 1);
}

/// <summary>An input video: a folder of pictures, an animated GIF or WebP, or any file that ffmpeg can
/// decode.</summary>
/// <param name="Source">The selected frames.</param>
/// <param name="Decoder">The ffmpeg decoder; null if none is needed.</param>
public sealed record VideoInput(IFrameSource Source, FfmpegSource? Decoder) : IDisposable
{
    private const string Gif = ".gif", Webp = ".webp";

    /// <summary>What a result copies besides the frames; null if there is nothing.</summary>
    public CarriedOver? Carried => Decoder?.Carried;

    /// <summary>Warnings about damage; complete after the last frame.</summary>
    public IReadOnlyList<string> Warnings
        => Animation?.Warning is string warning ? [warning] : Decoder?.Warnings ?? [];

    /// <summary>The names of the frames, without extension; null if they have none.</summary>
    public IReadOnlyList<string>? FrameNames { get; private init; }

    /// <summary>The animated GIF; null for other inputs.</summary>
    private GifSource? Animation { get; init; }

    /// <summary>Opens a video.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="selection">The part to use.</param>
    /// <param name="ffmpeg">Finds ffmpeg, if it is needed.</param>
    /// <exception cref="CodedException">The video does not exist, contains no video stream, or requires ffmpeg, which
    /// is missing.</exception>
    /// <exception cref="AtelierException">The video is damaged.</exception>
    public static VideoInput Open(string path, VideoSelection selection, Func<FfmpegTool> ffmpeg)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(ffmpeg);
        bool isFolder = Directory.Exists(path), isWebp = HasExtension(path, Webp);
        bool isAnimation = isWebp || HasExtension(path, Gif);
        if (!isFolder && !File.Exists(path))
        {
            throw CodedException.Failed(
                "input.missing", $"video '{path}' does not exist.", "name another file or a folder");
        }

        if (!isFolder && InputFile.FindBrokenLinkTarget(path) is string target)
        {
            throw CodedException.Failed("input.missing",
                $"video '{path}' is a link to '{target}', which does not exist.", "name another file or a folder");
        }

        if (!isFolder && !isAnimation)
        {
            FfmpegSource decoder = new(ffmpeg(), path, selection.Start, selection.End);
            return new VideoInput(Adapted(decoder, selection.FrameRate, selection.LongSide), decoder);
        }

        IFrameSource all = isFolder
            ? new FolderSource(path, selection.FrameRate ?? VideoSelection.FolderRate)
            : isWebp ? new WebpSource(path) : new GifSource(path);
        IFrameSource part = selection.Start > TimeSpan.Zero || selection.End is not null
            ? new TrimmedSource(all, selection.Start, selection.End)
            : all;
        return new VideoInput(Adapted(part, isFolder ? null : selection.FrameRate, selection.LongSide), null)
        {
            Animation = all as GifSource,
            FrameNames = (all as FolderSource)?.Names.Skip((part as TrimmedSource)?.Skipped ?? 0).ToArray(),
        };
    }

    /// <summary>Closes the video.</summary>
    public void Dispose() => Source.Dispose();

    private static IFrameSource Adapted(IFrameSource source, Rational? frameRate, int? longSide)
    {
        IFrameSource timed = frameRate is Rational rate ? new RetimedSource(source, rate) : source;
        return longSide is int side ? new ResizedSource(timed, side) : timed;
    }

    internal static bool HasExtension(string path, string extension)
        => Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);
}
