namespace Atelier.Video.Ffmpeg;

/// <summary>How a video is compressed.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Encoder">ffmpeg's encoder.</param>
/// <param name="PixelFormat">How the encoder takes pixels.</param>
/// <param name="NeedsEvenSides">Whether two by two pixels share their color, so that sides have to be even.</param>
/// <param name="Quality">The quality if none is chosen, on the encoder's own scale, where less is better; null where
/// there is no such choice.</param>
/// <param name="Containers">Extensions of the containers that take it.</param>
/// <param name="More">Further arguments.</param>
public sealed record VideoCodec(
    string Name, string Encoder, string PixelFormat, bool NeedsEvenSides, int? Quality,
    IReadOnlyList<string> Containers, IReadOnlyList<string> More)
{
    /// <summary>All that can be chosen. The qualities keep brush strokes, which are finer than anything that is filmed,
    /// and are seen as lossless at a usual distance.</summary>
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

    /// <summary>The largest number of its scale, for the worst quality.</summary>
    public int MaxQuality => Name == "vp9" ? 63 : 51;

    /// <summary>Whether it takes red, green and blue as they are.</summary>
    public bool IsRgb => PixelFormat == "bgr0";
}

/// <summary>What was chosen for a video file; null leaves it to the program.</summary>
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

    /// <summary>Extensions of the containers that can be written.</summary>
    public static IReadOnlyCollection<string> Extensions => Muxers.Keys;

    /// <summary>One of the names in <see cref="VideoCodec.All"/>; null for the container's usual one.</summary>
    public string? Codec { get; init; }

    /// <summary>Quality on the codec's own scale (<c>-crf</c> of ffmpeg), where less is better and larger.</summary>
    public int? Quality { get; init; }

    /// <summary>ffmpeg's name of a container.</summary>
    internal static string MuxerOf(string path) => Muxers[Path.GetExtension(path)];

    /// <summary>The codec for a file.</summary>
    /// <exception cref="CodedException">There is no such codec, or the container does not take it.</exception>
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
            throw CodedException.Usage($"'{extension}' does not hold {codec.Name}.",
                $"use one of {string.Join(", ", codec.Containers)} with it", "output");
        }

        if (Quality is int quality && (codec.Quality is null || quality < 0 || quality > codec.MaxQuality))
        {
            throw codec.Quality is null
                ? CodedException.Usage($"crf is {quality}, but {codec.Name} has no quality to choose.",
                    "leave it out", "crf")
                : CodedException.Usage($"crf is {quality}.", $"{codec.Name} takes 0 to {codec.MaxQuality}", "crf");
        }

        return codec;
    }

    /// <summary>ffmpeg's arguments, from the filters that give the encoder its pixels.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="format">The frames.</param>
    /// <param name="colors">What their colors mean; null for the usual.</param>
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
            // Frames of unequal times that are stored in another order blur what a file knows of its length.
            .. format.IsVariable && codec.Quality is not null ? (string[])["-bf", "0"] : [],
            // Times are passed on as they are, in the frames' own ticks.
            "-enc_time_base", $"{format.TimeBase.Numerator}:{format.TimeBase.Denominator}",
        ];
    }
}
