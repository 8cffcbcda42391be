using Atelier.Video;
using Atelier.Video.Ffmpeg;

namespace Atelier.Workshop.Videos;

/// <summary>Which part of a video is taken, and how.</summary>
public sealed record VideoSelection
{
    /// <summary>The first moment.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>The moment after the last; null for all the rest.</summary>
    public TimeSpan? End { get; init; }

    /// <summary>A constant rate to bring the video to; for a folder of pictures the rate it has. Null keeps the video's
    /// own, and gives a folder <see cref="FolderRate"/>.</summary>
    public Rational? FrameRate { get; init; }

    /// <summary>Pixels of the longer side; null keeps the size.</summary>
    public int? LongSide { get; init; }

    /// <summary>Frames in a second of a folder of pictures that nothing else is said about.</summary>
    public static Rational FolderRate { get; } = new(25, 1);
}

/// <summary>A video that is read: a folder of pictures, an animated .gif, or whatever ffmpeg decodes.</summary>
/// <param name="Source">Its frames, as they were selected.</param>
/// <param name="Decoder">The ffmpeg that decodes it; null where none is needed.</param>
public sealed record VideoInput(IFrameSource Source, FfmpegSource? Decoder) : IDisposable
{
    private const string Gif = ".gif";

    /// <summary>What a result takes over beside the frames; null where there is nothing.</summary>
    public CarriedOver? Carried => Decoder?.Carried;

    /// <summary>What was damaged; complete after the last frame.</summary>
    public IReadOnlyList<string> Warnings
        => Animation?.Warning is string warning ? [warning] : Decoder?.Warnings ?? [];

    /// <summary>The animation that it is; null where it is none.</summary>
    private GifSource? Animation { get; init; }

    /// <summary>Opens a video.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="selection">What is taken of it.</param>
    /// <param name="ffmpeg">Finds ffmpeg, if it is needed.</param>
    /// <exception cref="CodedException">It is not there, holds no video, or needs an ffmpeg that is
    /// missing.</exception>
    /// <exception cref="AtelierException">It is damaged.</exception>
    public static VideoInput Open(string path, VideoSelection selection, Func<FfmpegTool> ffmpeg)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(ffmpeg);
        bool isFolder = Directory.Exists(path), isGif = HasExtension(path, Gif);
        if (!isFolder && !File.Exists(path))
        {
            throw CodedException.Failed(
                "input.missing", $"video '{path}' does not exist.", "name another file or a folder");
        }

        if (!isFolder && !isGif)
        {
            FfmpegSource decoder = new(ffmpeg(), path, selection.Start, selection.End);
            return new VideoInput(Adapted(decoder, selection.FrameRate, selection.LongSide), decoder);
        }

        IFrameSource all = isFolder
            ? new FolderSource(path, selection.FrameRate ?? VideoSelection.FolderRate)
            : new GifSource(path);
        IFrameSource part = selection.Start > TimeSpan.Zero || selection.End is not null
            ? new TrimmedSource(all, selection.Start, selection.End)
            : all;
        return new VideoInput(Adapted(part, isFolder ? null : selection.FrameRate, selection.LongSide), null)
        {
            Animation = all as GifSource,
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
