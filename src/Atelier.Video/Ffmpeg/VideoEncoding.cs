namespace Atelier.Video.Ffmpeg;

/// <summary>A video codec.</summary>
/// <param name="Name">The name by which it is selected.</param>
/// <param name="Encoder">ffmpeg's encoder.</param>
/// <param name="PixelFormat">The pixel format for the encoder.</param>
/// <param name="NeedsEvenSides">Whether 2×2 pixels share their color, so that the width and height must be
/// even.</param>
/// <param name="Quality">The default quality on the encoder's own scale, where lower is better; null if it cannot be
/// chosen.</param>
/// <param name="Containers">Extensions of the containers that support it.</param>
/// <param name="More">Additional arguments.</param>
public sealed record VideoCodec(
    string Name, string Encoder, string PixelFormat, bool NeedsEvenSides, int? Quality,
    IReadOnlyList<string> Containers, IReadOnlyList<string> More)
{
    /// <summary>The available codecs. The default qualities preserve brush strokes, which are finer than filmed detail,
    /// and look lossless at normal viewing distance.</summary>
    public static IReadOnlyList<VideoCodec> All { get; } =
    [
        new("h264", "libx264", "yuv420p", true, 16, [".mp4", ".m4v", ".mov", ".mkv"], ["-preset", "medium"]),
        new("h265", "libx265", "yuv420p", true, 19, [".mp4", ".m4v", ".mov", ".mkv"],
            ["-preset", "medium", "-tag:v", "hvc1", "-x265-params", "log-level=error"]),
        new("vp9", "libvpx-vp9", "yuv420p", true, 22, [".webm", ".mkv", ".mp4"],
            ["-b:v", "0", "-row-mt", "1", "-cpu-used", "2"]),
        new("prores", "prores_ks", "yuv422p10le", true, null, [".mov", ".mkv"],
            ["-profile:v", "hq", "-vendor", "apl0"]),
        new("ffv1", "ffv1", "bgr0", false, null, [".mkv"], ["-level", "3", "-g", "1"]),
    ];

    /// <summary>The maximum of its quality scale, which is the lowest quality.</summary>
    public int MaxQuality => Name == "vp9" ? 63 : 51;

    /// <summary>Whether it encodes RGB directly.</summary>
    public bool IsRgb => PixelFormat == "bgr0";
}

/// <summary>The codec and quality of a video file; null values use the defaults.</summary>
public sealed record VideoEncoding
{
    private static readonly Dictionary<string, string> Muxers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "mp4",
        [".m4v"] = "mp4",
        [".mov"] = "mov",
        [".mkv"] = "matroska",
        [".webm"] = "webm",
    };

    /// <summary>The extensions of the supported containers.</summary>
    public static IReadOnlyCollection<string> Extensions => Muxers.Keys;

    /// <summary>One of the names in <see cref="VideoCodec.All"/>; null for the default of the container.</summary>
    public string? Codec { get; init; }

    /// <summary>Quality on the codec's own scale (ffmpeg's <c>-crf</c>), where lower values mean better quality and
    /// larger files; null uses the codec's default.</summary>
    public int? Quality { get; init; }

    /// <summary>Returns ffmpeg's name of a container.</summary>
    internal static string MuxerOf(string path) => Muxers[Path.GetExtension(path)];

    /// <summary>Returns the codec for a file.</summary>
    /// <exception cref="CodedException">There is no such codec, or the container does not support it.</exception>
    public VideoCodec CodecFor(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (!Muxers.ContainsKey(extension))
        {
            throw CodedException.Usage($"output '{path}' cannot be written as '{extension}'.",
                $"use one of {string.Join(", ", Extensions)}, .gif, or a folder for pictures", "output");
        }

        VideoCodec codec = VideoCodec.All.FirstOrDefault(codec => Codec is null
                ? codec.Containers.Contains(extension) : codec.Name == Codec)
            ?? throw CodedException.Usage($"there is no codec '{Codec}'.",
                $"use one of {string.Join(", ", VideoCodec.All.Select(codec => codec.Name))}", "codec");
        if (!codec.Containers.Contains(extension))
        {
            throw CodedException.Usage($"'{extension}' files cannot contain {codec.Name}.",
                $"use one of {string.Join(", ", codec.Containers)} with it", "output");
        }

        if (Quality is int quality && (codec.Quality is null || quality < 0 || quality > codec.MaxQuality))
        {
            throw codec.Quality is null
                ? CodedException.Usage($"crf is {quality}, but {codec.Name} has no quality setting.",
                    "leave it out", "crf")
                : CodedException.Usage($"crf is {quality}.", $"use 0 to {codec.MaxQuality} for {codec.Name}", "crf");
        }

        return codec;
    }

    /// <summary>Returns the arguments for ffmpeg, starting with the filters before the encoder.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="format">The frames.</param>
    /// <param name="colors">Their color tags; null for the default.</param>
    internal IEnumerable<string> Arguments(VideoCodec codec, VideoFormat format, ColorTags? colors)
    {
        string primaries = colors?.Primaries ?? "bt709", transfer = colors?.Transfer ?? "bt709";
        bool isWide = primaries == "bt2020";
        string scaleMatrix = isWide ? "bt2020" : "bt709", matrix = isWide ? "bt2020nc" : "bt709";
        string convert = codec.IsRgb ? $"format={codec.PixelFormat}"
            : $"scale=flags=bicubic+accurate_rnd+full_chroma_int:in_range=pc:out_range=tv" +
              $":out_color_matrix={scaleMatrix}," +
              $"format={codec.PixelFormat}," +
              $"setparams=range=tv:color_primaries={primaries}:color_trc={transfer}:colorspace={matrix}";
        return
        [
            "-vf", convert, "-c:v", codec.Encoder,
            .. (Quality ?? codec.Quality) is int quality ? (string[])["-crf", $"{quality}"] : [], .. codec.More,
            .. codec.IsRgb ? (string[])[]
                : ["-colorspace", matrix, "-color_primaries", primaries, "-color_trc", transfer, "-color_range", "tv"],
            // If frames with a variable rate are reordered, the container records a wrong length.
            .. format.IsVariable && codec.Quality is not null ? (string[])["-bf", "0"] : [],
            // Timestamps are passed through unchanged, in the frames' own ticks.
            "-enc_time_base", $"{format.TimeBase.Numerator}:{format.TimeBase.Denominator}",
        ];
    }
}
