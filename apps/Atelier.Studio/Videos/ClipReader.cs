using System.Collections.Concurrent;
using Atelier.Imaging;
using Atelier.Studio.Storage;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop;
using Atelier.Workshop.Videos;

namespace Atelier.Studio.Videos;

/// <summary>Reads facts and frames of clips when they are asked for. Only small frames are kept, as JPEG, up to a
/// limit.</summary>
/// <param name="folder">Where the clips are.</param>
/// <param name="findFfmpeg">Finds ffmpeg, when a clip needs it.</param>
public sealed class ClipReader(StudioFolder folder, Func<FfmpegTool> findFfmpeg) : IDisposable
{
    private const long MaxBytes = 64_000_000;
    private const int MaxOpened = 32;

    private readonly ConcurrentDictionary<(string Path, DateTime Time), OpenedClip> _opened = new();
    private readonly ConcurrentDictionary<(string Path, DateTime Time, int Index, int Side), byte[]> _frames = new();
    private readonly SemaphoreSlim _one = new(1);

    // Those of the strip queue here first, so that the frame of the stage waits for one of them at most.
    private readonly SemaphoreSlim _oneOfStrip = new(1);
    private FfmpegTool? _ffmpeg;
    private IFrameSource? _animation;
    private string? _animationPath;
    private int _next;

    /// <summary>Why ffmpeg cannot be used; null if it can.</summary>
    public Failure? FfmpegProblem
    {
        get
        {
            try
            {
                FindFfmpeg();
                return null;
            }
            catch (AtelierException error)
            {
                return Failure.FromException(error);
            }
        }
    }

    /// <summary>The path of ffmpeg; null if it was not needed yet.</summary>
    internal string? FfmpegPath => _ffmpeg?.Path;

    /// <summary>Finds ffmpeg, which may have been installed since the last attempt.</summary>
    /// <exception cref="AtelierException">It is missing, or does not run.</exception>
    public FfmpegTool FindFfmpeg() => _ffmpeg ??= findFfmpeg();

    /// <summary>Returns what is known of a clip.</summary>
    /// <exception cref="AtelierException">It is gone, is not a clip, or requires ffmpeg, which is missing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Clip Open(StoredPicture file) => OpenPath(folder.PathOf(file)).Clip with { File = file };

    /// <summary>Examines a file that is not in the folder yet.</summary>
    /// <inheritdoc cref="Open"/>
    internal void Examine(string path)
    {
        OpenedClip opened = Examine(path, new StoredPicture(PictureKind.Clips, Path.GetFileName(path)));

        // The first frame shows whether it can be decoded at all.
        _one.Wait();
        try
        {
            _ = ReadFrame(opened, path, 0, SmallPictures.ThumbnailSide);
        }
        finally
        {
            CloseAnimation();
            _one.Release();
        }
    }

    /// <summary>Reads a frame at its full size.</summary>
    /// <inheritdoc cref="Open"/>
    public Picture Read(Clip clip, int index)
    {
        ArgumentNullException.ThrowIfNull(clip);
        string path = folder.PathOf(clip.File);
        _one.Wait();
        try
        {
            return ReadFrame(OpenPath(path), path, index, int.MaxValue);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Returns a frame as a JPEG; null if there is no frame of this number.</summary>
    /// <param name="file">The clip.</param>
    /// <param name="index">The frame, from 0.</param>
    /// <param name="side">Long side, in pixels; it is not larger than it is.</param>
    /// <param name="cancel">Gives up while other frames are still being read.</param>
    /// <inheritdoc cref="Open"/>
    public async Task<byte[]?> FrameAsync(StoredPicture file, int index, int side, CancellationToken cancel)
    {
        string path = folder.PathOf(file);
        (string Path, DateTime Time, int Index, int Side) key = (path, File.GetLastWriteTimeUtc(path), index, side);
        if (_frames.TryGetValue(key, out byte[]? known))
        {
            return known;
        }

        if (side > SmallPictures.ThumbnailSide)
        {
            return await MakeInTurnAsync(key, cancel).ConfigureAwait(false);
        }

        await _oneOfStrip.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await MakeInTurnAsync(key, cancel).ConfigureAwait(false);
        }
        finally
        {
            _oneOfStrip.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseAnimation();
        _one.Dispose();
        _oneOfStrip.Dispose();
    }

    private async Task<byte[]?> MakeInTurnAsync(
        (string Path, DateTime Time, int Index, int Side) key, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Make(key), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private byte[]? Make((string Path, DateTime Time, int Index, int Side) key)
    {
        OpenedClip opened = OpenPath(key.Path);
        if (key.Index < 0 || key.Index >= opened.Clip.FrameCount)
        {
            return null;
        }

        if (_frames.Values.Sum(frame => (long)frame.Length) > MaxBytes)
        {
            _frames.Clear();
        }

        return _frames.GetOrAdd(
            key, _ => SmallPictures.Shrink(ReadFrame(opened, key.Path, key.Index, key.Side), key.Side));
    }

    private OpenedClip OpenPath(string path)
    {
        (string, DateTime) key = (path, File.GetLastWriteTimeUtc(path));
        if (_opened.Count > MaxOpened)
        {
            _opened.Clear();
        }

        return _opened.GetOrAdd(key, _ => Examine(path, new StoredPicture(PictureKind.Clips, Path.GetFileName(path))));
    }

    private OpenedClip Examine(string path, StoredPicture file)
    {
        if (ClipFormat.OfName(path)?.IsAnimation != true)
        {
            FfmpegFrames frames = new(FindFfmpeg(), path);
            return frames.Starts.Count > 0
                ? new OpenedClip(
                    new Clip(file, frames.Format, [.. frames.Starts], frames.Starts[0] + frames.Seconds), frames)
                : throw CodedException.Failed("video.empty", $"'{Path.GetFileName(path)}' contains no frame.");
        }

        using VideoInput input = VideoInput.Open(path, new VideoSelection(), FindFfmpeg);
        List<double> starts = [];
        double end = 0, tick = input.Source.Format.TimeBase.Value;
        while (input.Source.Read() is VideoFrame frame)
        {
            starts.Add(frame.Time * tick);
            end = (frame.Time + frame.Duration) * tick;
        }

        return new OpenedClip(new Clip(file, input.Source.Format, [.. starts], end), null);
    }

    /// <summary>Reads a frame. Those of an animation are read one after the other, and reading goes on where it was, so
    /// that a strip of them is read in one pass.</summary>
    private Picture ReadFrame(OpenedClip opened, string path, int index, int side)
    {
        if (opened.Frames is FfmpegFrames frames)
        {
            return frames.Read(index, side);
        }

        if (_animation is null || _animationPath != path || index < _next)
        {
            CloseAnimation();
            (_animation, _animationPath, _next) =
                (VideoInput.Open(path, new VideoSelection(), FindFfmpeg).Source, path, 0);
        }

        VideoFrame? frame = null;
        while (_next <= index && (frame = _animation.Read()) is not null)
            _next++;
        return frame?.Picture ?? throw CodedException.Failed(
            "video.frame", $"'{Path.GetFileName(path)}' has no frame {index + 1}.");
    }

    private void CloseAnimation()
    {
        _animation?.Dispose();
        (_animation, _animationPath) = (null, null);
    }

    /// <summary>A clip and the frames of its file; null for an animation.</summary>
    private sealed record OpenedClip(Clip Clip, FfmpegFrames? Frames);
}
