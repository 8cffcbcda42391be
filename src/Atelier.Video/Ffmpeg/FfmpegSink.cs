using System.Buffers;
using System.Collections.Concurrent;
using Atelier.Imaging;
using Atelier.Primitives;

namespace Atelier.Video.Ffmpeg;

/// <summary>A video file encoded by ffmpeg. The frames are written to a temporary file beside the target; audio and
/// everything else copied from the source is added at the end, when the length of the video is known.</summary>
/// <remarks>In a single pass ffmpeg would hold hours of audio in memory, or wait for it, while frames arrive once a
/// minute. If the codec requires even dimensions, an odd one is padded by repeating the last row or column.</remarks>
public sealed class FfmpegSink : IFrameSink
{
    private const int FramesAhead = 2;
    private static int _files;
    private readonly FfmpegTool _ffmpeg;
    private readonly string _target, _frames, _whole;
    private readonly VideoFormat _format;
    private readonly CarriedOver? _carried;
    private readonly int _width, _height;
    private readonly ChildProcess _encoder;
    private readonly Thread _pump;
    private readonly BlockingCollection<RawFrame> _queue = new(FramesAhead);
    private readonly CancellationTokenSource _broken = new();
    private readonly List<string> _warnings = [];
    private VideoFrame? _last;
    private bool _isClosed;

    /// <summary>Starts the encoder.</summary>
    /// <param name="ffmpeg">The program.</param>
    /// <param name="path">The target file, with one of <see cref="VideoEncoding.Extensions"/>.</param>
    /// <param name="format">The format of the frames.</param>
    /// <param name="encoding">How they are compressed.</param>
    /// <param name="carried">What to copy from the source; null for frames only.</param>
    /// <exception cref="CodedException">The container does not support the codec, or ffmpeg does not include
    /// it.</exception>
    public FfmpegSink(
        FfmpegTool ffmpeg, string path, VideoFormat format, VideoEncoding encoding, CarriedOver? carried = null)
    {
        ArgumentNullException.ThrowIfNull(ffmpeg);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(encoding);
        VideoCodec codec = encoding.CodecFor(path);
        RequireEncoder(ffmpeg, codec);
        (_ffmpeg, _target, _format, _carried) = (ffmpeg, Path.GetFullPath(path), format, carried);
        (_frames, _whole) = (TemporaryOf(_target, "frames"), TemporaryOf(_target, "whole"));
        int Side(int side) => codec.NeedsEvenSides ? (side + 1) / 2 * 2 : side;
        (_width, _height) = (Side(format.Width), Side(format.Height));
        if ((_width, _height) != (format.Width, format.Height))
        {
            _warnings.Add($"{codec.Name} requires an even width and height: the video was padded to {_width} x " +
                $"{_height} pixels by repeating the last row or column.");
        }

        _encoder = ChildProcess.Start(ffmpeg.Path,
        [
            "-hide_banner", "-nostats", "-loglevel", "level+error", "-y", "-f", "matroska", "-i", "pipe:0",
            .. encoding.Arguments(codec, format, carried?.Probe.Color), ffmpeg.TimingOption, "passthrough",
            .. Container(), _frames,
        ]);
        _pump = new Thread(Pump) { IsBackground = true, Name = "video encoder" };
        _pump.Start();
    }

    /// <summary>Warnings for the user about what differs from the request; complete after
    /// <see cref="Complete"/>.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Throws if ffmpeg was built without an encoder.</summary>
    /// <exception cref="CodedException">ffmpeg does not include the encoder.</exception>
    public static void RequireEncoder(FfmpegTool ffmpeg, VideoCodec codec)
    {
        ArgumentNullException.ThrowIfNull(ffmpeg);
        ArgumentNullException.ThrowIfNull(codec);
        if (!ffmpeg.HasEncoder(codec.Encoder))
        {
            throw CodedException.Failed("ffmpeg.encoder",
                $"ffmpeg at '{ffmpeg.Path}' was built without {codec.Encoder}, which {codec.Name} requires.",
                $"use a full build ({FfmpegTool.InstallHint}), or choose another codec");
        }
    }

    /// <inheritdoc/>
    public void Write(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if ((frame.Picture.Width, frame.Picture.Height) != (_format.Width, _format.Height))
        {
            throw new ArgumentException(
                $"A frame of {frame.Picture.Width} x {frame.Picture.Height} does not match the size of the " +
                "video.", nameof(frame));
        }

        Enqueue(frame);
        _last = frame;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_last is null)
        {
            throw new AtelierException($"'{_target}' would be a video without frames.");
        }

        HoldLast();
        _queue.CompleteAdding();
        _encoder.AwaitWork(_pump.Join, _ffmpeg.Patience);
        if (_broken.IsCancellationRequested || _encoder.WaitForExit(_ffmpeg.Patience) != 0)
        {
            throw EncoderFailed();
        }

        FileReplacement.Move(TryCarryOver() ? _whole : _frames, _target);
    }

    /// <summary>Stops the encoder. The file of an incomplete video is removed.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _broken.Cancel();
        _encoder.Dispose();
        _pump.Join();
        File.Delete(_frames);
        File.Delete(_whole);
        _queue.Dispose();
        _broken.Dispose();
    }

    /// <summary>Containers store when frames begin, and ffmpeg gives the last one the usual duration. A last frame with
    /// a longer duration is therefore repeated.</summary>
    private void HoldLast()
    {
        long usual = Math.Max(1, (long)Math.Round(1 / (_format.FrameRate.Value * _format.TimeBase.Value)));
        if (_format.IsVariable && _last!.Duration > 2 * usual)
        {
            Enqueue(new VideoFrame(_last.Picture, _last.Time + _last.Duration - usual, usual));
        }
    }

    private void Enqueue(VideoFrame frame)
    {
        RawFrame raw = new(PixelsOf(frame.Picture), frame.Time, frame.Duration);
        try
        {
            _encoder.AwaitWork(patience => _queue.TryAdd(raw, (int)patience.TotalMilliseconds, _broken.Token),
                _ffmpeg.Patience);
        }
        catch (OperationCanceledException)
        {
            throw EncoderFailed();
        }
    }

    /// <summary>Combines the frames with what is copied from the source, as far as the container supports it.</summary>
    private bool TryCarryOver()
    {
        if (_carried is not { Probe: { } probe } || (probe.AudioStreams == 0 && probe.SubtitleStreams == 0))
        {
            return false;
        }

        string muxer = VideoEncoding.MuxerOf(_target);
        string[] sound = ["-map", "1:a?"], encoded = ["-c:a", muxer == "webm" ? "libopus" : "aac", "-b:a", "192k"];
        string textCodec = muxer switch { "matroska" => "copy", "webm" => "webvtt", _ => "mov_text" };
        string[] texts = ["-map", "1:s?", "-c:s", textCodec];
        bool hasTexts = probe.SubtitleStreams > 0;
        (string[] Arguments, string? Warning)[] ways =
        [
            ([.. sound, .. texts], null),
            .. hasTexts ? [(sound, "this container does not support the subtitles, which were left out.")]
                : Array.Empty<(string[], string?)>(),
            ([.. sound, .. encoded], "this container does not support the audio as it is, so it was re-encoded."),
        ];
        string reason = "";
        foreach ((string[] arguments, string? warning) in ways)
        {
            using ChildProcess joining = ChildProcess.Start(_ffmpeg.Path, MuxArguments(arguments));
            joining.Input.Close();
            if (joining.WaitForExit(_ffmpeg.Patience) == 0)
            {
                _warnings.AddRange(warning is null ? [] : [warning]);
                return true;
            }

            reason = joining.LastError ?? "";
        }

        _warnings.Add($"the audio could not be copied ({reason}): the video is silent.");
        return false;
    }

    private string[] MuxArguments(string[] streams)
    {
        TimeSpan done = TimeSpan.FromSeconds((_last!.Time + _last.Duration) * _format.TimeBase.Value);
        TimeSpan leeway = TimeSpan.FromMilliseconds(50);
        TimeSpan? length = done < _carried!.VideoLength - leeway ? _carried.FirstFrame + done : _carried.Length;
        return
        [
            "-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+error", "-y",
            "-itsoffset", FfmpegSource.Seconds(_carried.FirstFrame), .. InputArguments.For(_frames),
            .. _carried.Start > TimeSpan.Zero ? (string[])["-ss", FfmpegSource.Seconds(_carried.Start)] : [],
            .. length is TimeSpan taken ? (string[])["-t", FfmpegSource.Seconds(taken)] : [],
            .. InputArguments.For(_carried.Path), "-map", "0:v", "-c", "copy", .. streams,
            "-map_metadata", "1", .. Container(), _whole,
        ];
    }

    private string[] Container()
    {
        string muxer = VideoEncoding.MuxerOf(_target);
        // The index comes first, so that a browser can start playing before the whole file has arrived.
        return muxer is "mp4" or "mov" ? ["-movflags", "+faststart", "-f", muxer] : ["-f", muxer];
    }

    private AtelierException EncoderFailed()
    {
        _encoder.Input.Close();
        int code = _encoder.WaitForExit(_ffmpeg.Patience);
        return new AtelierException($"'{_target}' cannot be written: {_encoder.Failed(code).Message}");
    }

    private byte[] PixelsOf(Picture picture)
    {
        int stride = 3 * _width;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(stride * _height);
        Rgb24.FromPicture(picture, bytes, stride);
        for (int y = 0; y < picture.Height && _width > picture.Width; y++)
        {
            bytes.AsSpan((y * stride) + stride - 6, 3).CopyTo(bytes.AsSpan((y * stride) + stride - 3));
        }

        if (_height > picture.Height)
        {
            bytes.AsSpan((_height - 2) * stride, stride).CopyTo(bytes.AsSpan((_height - 1) * stride));
        }

        return bytes;
    }

    private void Pump()
    {
        try
        {
            MatroskaFrameWriter frames = new(_encoder.Input, _format.TimeBase);
            frames.WriteHeader(_width, _height, _format.FrameRate);
            foreach (RawFrame frame in _queue.GetConsumingEnumerable(_broken.Token))
            {
                frames.Write(frame.Pixels.AsSpan(0, 3 * _width * _height), frame.Time, frame.Duration);
                ArrayPool<byte>.Shared.Return(frame.Pixels);
            }

            _encoder.Input.Close();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The encoder has ended; its own message says why.
            _broken.Cancel();
        }
    }

    private static string TemporaryOf(string target, string part) => Path.Combine(Path.GetDirectoryName(target)!,
        $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Interlocked.Increment(ref _files)}.{part}.tmp");

    private readonly record struct RawFrame(byte[] Pixels, long Time, long Duration);
}
