using Atelier.Imaging;

namespace Atelier.Video.Ffmpeg;

/// <summary>The frames of a video in any order, each decoded by ffmpeg when it is asked for.</summary>
/// <remarks>Thread-safe. Each frame starts the program; <see cref="FfmpegSource"/> reads many in order much
/// faster.</remarks>
public sealed class FfmpegFrames
{
    private readonly FfmpegTool _ffmpeg;
    private readonly string _path;
    private readonly VideoProbe _probe;
    private readonly FrameTiming _timing;

    /// <summary>Examines a video without decoding it.</summary>
    /// <param name="ffmpeg">The program.</param>
    /// <param name="path">The file.</param>
    /// <param name="limits">Limits on the size of a frame; null uses the default limits.</param>
    /// <exception cref="CodedException">The file contains no video.</exception>
    /// <exception cref="AtelierException">ffmpeg failed.</exception>
    public FfmpegFrames(FfmpegTool ffmpeg, string path, DecodeLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(ffmpeg);
        ArgumentNullException.ThrowIfNull(path);
        (_ffmpeg, _path) = (ffmpeg, path);
        (_probe, _timing) = FfmpegSource.Examine(ffmpeg, path, TimeSpan.Zero, end: null, limits);
        Format = new VideoFormat(_probe.Width, _probe.Height, _timing.TimeBase, _timing.FrameRate)
        {
            IsVariable = _timing.IsVariable,
            FrameCount = _timing.FrameCount,
        };
    }

    /// <summary>The format shared by all frames. The frame count is that of the file's index.</summary>
    public VideoFormat Format { get; }

    /// <summary>When each frame begins, in seconds from the start of the file.</summary>
    public IReadOnlyList<double> Starts => _timing.Starts;

    /// <summary>Time from the first frame to the end of the last, in seconds.</summary>
    public double Seconds => _timing.Length * _timing.TimeBase.Value;

    /// <summary>Decodes a frame.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="longSide">Its long side is at most as large, in pixels.</param>
    /// <exception cref="AtelierException">The frame cannot be decoded.</exception>
    public Picture Read(int index, int longSide = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Starts.Count);
        (int width, int height) = longSide < Math.Max(Format.Width, Format.Height)
            ? Resampler.Fit(Format.Width, Format.Height, longSide)
            : (Format.Width, Format.Height);

        // Halfway between the frame before and this one, so that rounded times find this one.
        double time = index == 0 ? 0 : (Starts[index - 1] + Starts[index]) / 2;
        byte[] bytes = new byte[3 * width * height];
        using ChildProcess decoder = ChildProcess.Start(_ffmpeg.Path,
        [
            "-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+error",
            .. time > 0 ? (string[])["-ss", FfmpegSource.Seconds(TimeSpan.FromSeconds(time))] : [],
            .. InputArguments.For(_path), "-map", $"0:{_probe.Index}", "-frames:v", "1",
            "-vf", $"{FfmpegSource.ScaleFilter(_probe, width, height)},format=rgb24",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
        ]);
        decoder.Input.Close();
        Task<int> reading = Task.Run(
            () => decoder.Output.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        decoder.AwaitWork(reading.Wait, _ffmpeg.Patience);
        return reading.Result == bytes.Length
            ? Rgb24.ToPicture(bytes, width, height)
            : throw new AtelierException($"'{_path}': frame {index + 1} cannot be decoded" +
                $"{(decoder.LastError is string reason ? $": {reason}" : "")}.");
    }
}
