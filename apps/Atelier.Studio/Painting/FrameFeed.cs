using System.Diagnostics;
using Atelier.Imaging;

namespace Atelier.Studio.Painting;

/// <summary>A painting as it was at some moment, as a JPEG.</summary>
/// <param name="Number">Its number, which grows.</param>
/// <param name="Jpeg">The file.</param>
public sealed record Frame(int Number, byte[] Jpeg);

/// <summary>Turns a painting into frames that browsers show. Frames are encoded on a thread of their own, at most ten a
/// second, and only while somebody waits for one, so that painting is not slowed down by more than a few
/// percent.</summary>
public sealed class FrameFeed : IDisposable
{
    // Pictures up to this side are shown enlarged, where every artifact of compression would be seen.
    private const int SmallSide = 320;

    private const int MaxSide = 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly EncodeOptions Fast = new() { Quality = 85, JpegSubsampling = true };
    private static readonly EncodeOptions Good = new() { Quality = 95 };

    // What the thread waits for, and guards the fields.
    private readonly object _gate = new();
    private Func<Picture>? _offered;
    private bool _isFinal, _isDisposed;
    private int _waiting;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the thread.</summary>
    public FrameFeed()
        => new Thread(Encode) { IsBackground = true, Name = "studio frames" }.Start();

    /// <summary>The newest frame; null before the first.</summary>
    public Frame? Newest { get; private set; }

    /// <summary>Offers a newer state of the painting.</summary>
    /// <param name="picture">Returns it; called from another thread, or never.</param>
    /// <param name="isFinal">Whether the painting rests in this state, which is encoded as well as possible.</param>
    public void Offer(Func<Picture> picture, bool isFinal = false)
    {
        lock (_gate)
        {
            (_offered, _isFinal) = (picture, isFinal);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for a frame that is newer than one.</summary>
    /// <param name="after">Number of the frame that is known; 0 for none.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>The newest frame; null if the feed has ended.</returns>
    /// <exception cref="OperationCanceledException">Waiting was ended.</exception>
    public async Task<Frame?> WaitAsync(int after, CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (Newest is Frame frame && frame.Number > after)
                {
                    return frame;
                }

                if (_isDisposed)
                {
                    return null;
                }

                _waiting++;
                next = _next.Task;
                Monitor.Pulse(_gate);
            }

            try
            {
                await next.WaitAsync(cancel).ConfigureAwait(false);
            }
            finally
            {
                lock (_gate)
                {
                    _waiting--;
                }
            }
        }
    }

    /// <summary>Ends the feed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _next.TrySetResult();
            Monitor.Pulse(_gate);
        }
    }

    private void Encode()
    {
        while (TakeOffer(out Func<Picture> offered, out bool isFinal))
        {
            try
            {
                Thread.Sleep(Show(offered, isFinal));
            }
            catch (Exception)
            {
                // A painting is worth more than a frame of it; there will be another.
                Thread.Sleep(Interval);
            }
        }
    }

    /// <summary>Waits until there is a picture that somebody waits for. Returns false at the end.</summary>
    private bool TakeOffer(out Func<Picture> offered, out bool isFinal)
    {
        lock (_gate)
        {
            while (!_isDisposed && (_waiting == 0 || _offered is null))
                Monitor.Wait(_gate);
            (offered, isFinal) = (_offered!, _isFinal);
            _offered = null;
            return !_isDisposed;
        }
    }

    /// <summary>Encodes a frame and shows it. Returns the time to rest afterwards.</summary>
    private TimeSpan Show(Func<Picture> offered, bool isFinal)
    {
        Picture picture = offered();
        long start = Stopwatch.GetTimestamp();
        if (!isFinal && Math.Max(picture.Width, picture.Height) > MaxSide)
        {
            picture = Resampler.Resize(picture, MaxSide);
        }

        using MemoryStream jpeg = new();
        bool isSmall = Math.Max(picture.Width, picture.Height) <= SmallSide;
        PictureFile.Save(picture, jpeg, ".jpg", isFinal || isSmall ? Good : Fast);
        lock (_gate)
        {
            Newest = new Frame((Newest?.Number ?? 0) + 1, jpeg.ToArray());
            _next.TrySetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // The share of this thread in all processors stays small, however large the picture is.
        TimeSpan work = Stopwatch.GetElapsedTime(start), rest = work * (32.0 / Environment.ProcessorCount);
        return rest > Interval - work ? rest : Interval - work;
    }
}
