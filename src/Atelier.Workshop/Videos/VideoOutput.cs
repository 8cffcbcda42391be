using Atelier.Imaging;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Videos;

/// <summary>The kinds of video output.</summary>
public enum VideoOutputKind
{
    /// <summary>A folder of numbered pictures.</summary>
    Folder,

    /// <summary>An animated GIF.</summary>
    Gif,

    /// <summary>A video file written by ffmpeg.</summary>
    File,
}

/// <summary>The output of a video, determined by its path.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Encoding">The codec and quality of a video file.</param>
public sealed record VideoOutput(string Path, VideoEncoding Encoding)
{
    /// <summary>The format of numbered pictures.</summary>
    public string PictureExtension { get; init; } = ".png";

    /// <summary>The names of the pictures in a folder, without extension; null numbers them.</summary>
    public IReadOnlyList<string>? FrameNames { get; init; }

    /// <summary>How numbered pictures are written.</summary>
    public EncodeOptions Pictures { get; init; } = EncodeOptions.Default;

    /// <summary>The kind of output. A path is a folder if it exists as one, ends with a slash, or has no extension.
    /// </summary>
    public VideoOutputKind Kind => Directory.Exists(Path) || System.IO.Path.EndsInDirectorySeparator(Path)
            || System.IO.Path.GetExtension(Path).Length == 0 ? VideoOutputKind.Folder
        : VideoInput.HasExtension(Path, ".gif") ? VideoOutputKind.Gif : VideoOutputKind.File;

    /// <summary>Throws, before any work, if the name, location or codec is invalid.</summary>
    /// <param name="ffmpeg">Finds ffmpeg, if it is needed.</param>
    /// <exception cref="CodedException">The name, location or codec is invalid.</exception>
    public void Check(Func<FfmpegTool> ffmpeg)
    {
        ArgumentNullException.ThrowIfNull(ffmpeg);
        if (Path == OutputFile.StandardOutput)
        {
            throw CodedException.Usage(
                "a video cannot be written to standard output.", "name a file or a folder", "output");
        }

        switch (Kind)
        {
            case VideoOutputKind.Folder:
                OutputPath.RequireFolder(System.IO.Path.Combine(
                    System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path.TrimEnd('/', '\\')))!, ".frames"));
                break;
            case VideoOutputKind.Gif:
                OutputPath.RequireFolder(Path);
                break;
            default:
                VideoCodec codec = Encoding.CodecFor(Path);
                OutputPath.RequireFolder(Path);
                FfmpegSink.RequireEncoder(ffmpeg(), codec);
                break;
        }
    }

    /// <summary>Creates the sink.</summary>
    /// <param name="format">The format of the frames.</param>
    /// <param name="ffmpeg">Finds ffmpeg, if it is needed.</param>
    /// <param name="carried">What to copy from the source; null for frames only.</param>
    /// <exception cref="CodedException">The name, location or codec is invalid.</exception>
    public IFrameSink Create(VideoFormat format, Func<FfmpegTool> ffmpeg, CarriedOver? carried) => Kind switch
    {
        VideoOutputKind.Folder => new FolderSink(Path, PictureExtension, Pictures, FrameNames),
        VideoOutputKind.Gif => new GifSink(Path, format),
        _ => new FfmpegSink(ffmpeg(), Path, format, Encoding, carried),
    };

    /// <summary>Returns the warnings of a sink from <see cref="Create"/>.</summary>
    public static IReadOnlyList<string> GetWarnings(IFrameSink sink) => (sink as FfmpegSink)?.Warnings ?? [];
}
