using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Atelier.Imaging;

namespace Atelier.Video.Ffmpeg;

/// <summary>A video decoded by ffmpeg: upright and with square pixels, as it is displayed.</summary>
/// <remarks>Frames arrive as raw bytes on ffmpeg's standard output, and their timestamps, exact in the container's own
/// ticks, as text from its showinfo filter on standard error. A container on the pipe could carry both, but Matroska
/// rounds timestamps to milliseconds, and for other containers ffmpeg rounds them to the frame rate. A few frames are
/// decoded ahead.</remarks>
public sealed class FfmpegSource : IFrameSource
{
    private const int FramesAhead = 2;
    private readonly string _path;
    private readonly TimeSpan _patience;
    private readonly FrameTiming _timing;
    private readonly ChildProcess _decoder;
    private readonly Thread _pump;
    private readonly BlockingCollection<byte[]> _frames = new(FramesAhead);
    private readonly BlockingCollection<long?> _times = [];
    private readonly CancellationTokenSource _disposed = new();
    private Exception? _failure;
    private (Picture Picture, long Ticks)? _next;
    private readonly long _first;
    private long _lastTime = -1;
    private Rational? _ticks;

    /// <summary>Opens a video and decodes its first frame.</summary>
    /// <param name="ffmpeg">The program.</param>
    /// <param name="path">The file.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="end">Where to end; null for the end of the video.</param>
    /// <param name="limits">Limits on the size of a frame; null uses the default limits.</param>
    /// <exception cref="CodedException">The file contains no video, or the selected part contains no frame.</exception>
    /// <exception cref="AtelierException">The video cannot be decoded.</exception>
    public FfmpegSource(
        FfmpegTool ffmpeg, string path, TimeSpan start = default, TimeSpan? end = null, DecodeLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(ffmpeg);
        ArgumentNullException.ThrowIfNull(path);
        (_path, _patience) = (path, ffmpeg.Patience);
        (VideoProbe probe, _timing) = Examine(ffmpeg, path, start, end, limits);
        Probed = probe;
        Format = new VideoFormat(probe.Width, probe.Height, _timing.TimeBase, _timing.FrameRate)
        {
            IsVariable = _timing.IsVariable,
            FrameCount = _timing.FrameCount,
        };
        _decoder = ChildProcess.Start(ffmpeg.Path, DecodeArguments(ffmpeg, path, probe, start, end), OnLine);
        _decoder.Input.Close();
        _pump = new Thread(Pump) { IsBackground = true, Name = "video decoder" };
        _pump.Start();
        try
        {
            _next = Decode() ?? throw CodedException.Failed("video.empty", start == default && end is null
                ? $"'{path}' contains no frame that can be " +
                    $"decoded{(_decoder.LastError is string why ? $" ({why})" : "")}."
                : $"'{path}' has no frame in the selected part.");
        }
        catch
        {
            Dispose();
            throw;
        }

        _first = _next.Value.Ticks;
        Carried = new CarriedOver(path, probe)
        {
            Start = start,
            Length = end - start,
            FirstFrame = TimeSpan.FromSeconds(Math.Max(0, _first * (_ticks ?? _timing.Ticks).Value)),
            VideoLength = TimeSpan.FromSeconds(_timing.Length * _timing.TimeBase.Value),
        };
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <summary>What ffprobe reported.</summary>
    internal VideoProbe Probed { get; }

    /// <summary>What a result copies from the file besides the frames.</summary>
    public CarriedOver Carried { get; }

    /// <summary>Warnings for the user about damage; complete after the last frame.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>The process ID of the decoder.</summary>
    internal int ProcessId => _decoder.Id;

    /// <inheritdoc/>
    public VideoFrame? Read()
    {
        if (_next is not (Picture picture, long ticks))
        {
            return null;
        }

        _next = Decode();
        long time = Math.Max(_lastTime + 1, TimeOf(ticks));
        _lastTime = time;
        long duration = _next is null ? _timing.LastDuration : Math.Max(1, TimeOf(_next.Value.Ticks) - time);
        return new VideoFrame(picture, time, duration);
    }

    /// <summary>Stops the decoder.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        _decoder.Dispose();
        _pump.Join();
        _frames.Dispose();
        _times.Dispose();
        _disposed.Dispose();
    }

    /// <summary>Returns the arguments for ffmpeg, which rotates frames upright by itself before the filters.</summary>
    internal static string[] DecodeArguments(
        FfmpegTool ffmpeg, string path, VideoProbe probe, TimeSpan start, TimeSpan? end)
    {
        return
        [
            "-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+info",
            .. start > TimeSpan.Zero ? (string[])["-ss", Seconds(start)] : [],
            .. end is TimeSpan last ? (string[])["-t", Seconds(last - start)] : [],
            .. InputArguments.For(path), "-map", $"0:{probe.Index}",
            "-vf", $"{ScaleFilter(probe, probe.Width, probe.Height)},format=rgb24,showinfo",
            ffmpeg.TimingOption, "passthrough",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
        ];
    }

    /// <summary>Returns the filter that converts frames to RGB of the given size.</summary>
    internal static string ScaleFilter(VideoProbe probe, int width, int height)
    {
        string matrix = probe.Color.Matrix is string name
            ? $":in_color_matrix={name}:in_range={(probe.Color.IsFull ? "pc" : "tv")}" : "";
        return $"scale={width}:{height}{matrix}:out_range=pc" +
            ":flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";
    }

    /// <summary>Probes a video and the timing of the selected part.</summary>
    /// <exception cref="CodedException">The file is not a video, or its frames are too large.</exception>
    internal static (VideoProbe Probe, FrameTiming Timing) Examine(
        FfmpegTool ffmpeg, string path, TimeSpan start, TimeSpan? end, DecodeLimits? limits)
    {
        VideoProbe probe = VideoProbe.Parse(path, ProbeOf(ffmpeg, path, VideoProbe.Arguments(path)));
        long most = Math.Min((limits ?? DecodeLimits.Default).MaxPixels, Array.MaxLength / 3);
        if ((long)probe.Width * probe.Height > most)
        {
            throw CodedException.Failed("video.size", $"'{path}' has {probe.Width} x {probe.Height} pixels, which " +
                "exceeds the limit.", "make it smaller first");
        }

        string packets = ProbeOf(ffmpeg, path, FrameTiming.Arguments(path, probe.Index));
        return (probe, FrameTiming.Create(
            probe, packets, start.TotalSeconds, end?.TotalSeconds ?? double.PositiveInfinity));
    }

    internal static string Seconds(TimeSpan time)
        => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    private static string ProbeOf(FfmpegTool ffmpeg, string path, string[] arguments)
    {
        try
        {
            return ChildProcess.Capture(ffmpeg.ProbePath, arguments, ffmpeg.Patience);
        }
        catch (AtelierException error) when (error is not CodedException && InputArguments.IsRefusal(error.Message))
        {
            throw CodedException.Failed("video.format", $"'{path}' is of a format that is not read: a picture, a " +
                "playlist, which names other files, or a rare one.", "convert it to MP4 or Matroska first");
        }
        catch (AtelierException error) when (error is not CodedException)
        {
            throw CodedException.Failed("video.unreadable", $"'{path}' cannot be read as a video: {error.Message}");
        }
    }

    private long TimeOf(long ticks)
    {
        long since = ticks - _first;
        // Filters keep the container's ticks; if a version of ffmpeg does not, the timestamps are converted.
        if (_ticks is Rational own && own != _timing.Ticks)
        {
            since = (long)Math.Round(since * own.Value / _timing.Ticks.Value);
        }

        return _timing.TimeOf(since);
    }

    private (Picture Picture, long Ticks)? Decode()
    {
        if (!TryTake(_frames, out byte[]? bytes))
        {
            return _frames.IsCompleted ? End() : throw Stalled();
        }

        if (!TryTake(_times, out long? ticks))
        {
            throw Stalled();
        }

        Picture picture = Rgb24.ToPicture(bytes.AsSpan(0, FrameBytes), Format.Width, Format.Height);
        ArrayPool<byte>.Shared.Return(bytes);
        // A frame without a timestamp is placed one tick after the previous one.
        return (picture, ticks ?? (_next?.Ticks + 1) ?? 0);

        (Picture, long)? End()
        {
            int code = _decoder.WaitForExit(_patience);
            if (_failure is not null || code != 0)
            {
                throw new AtelierException($"'{_path}': {_decoder.Failed(code).Message}");
            }

            Warnings = _decoder.LastError is string complaint ? [$"'{_path}' is damaged: {complaint}."] : [];
            return null;
        }
    }

    private int FrameBytes => Format.Width * Format.Height * 3;

    private bool TryTake<T>(BlockingCollection<T> queue, [MaybeNullWhen(false)] out T item)
        => queue.TryTake(out item, (int)_patience.TotalMilliseconds);

    private AtelierException Stalled() => new($"'{_path}': {_decoder.Stalled(_patience).Message}");

    private void OnLine(string line)
    {
        _ticks ??= ShowInfo.TimeBaseOf(line);
        if (ShowInfo.IsFrame(line))
        {
            _times.Add(ShowInfo.TimeOf(line));
        }
    }

    private void Pump()
    {
        try
        {
            while (true)
            {
                byte[] bytes = ArrayPool<byte>.Shared.Rent(FrameBytes);
                if (_decoder.Output.ReadAtLeast(bytes.AsSpan(0, FrameBytes), FrameBytes, throwOnEndOfStream: false)
                    < FrameBytes)
                {
                    break;
                }

                _frames.Add(bytes, _disposed.Token);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _failure = error;
        }
        finally
        {
            _frames.CompleteAdding();
        }
    }
}
