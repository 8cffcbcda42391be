namespace Atelier.Studio.Painting;

/// <summary>Predicts when a painting is complete, from its pace since it started or changed.</summary>
/// <param name="clock">Measures time.</param>
public sealed class RemainingTime(TimeProvider clock)
{
    // Before this part is done, the pace is not known.
    private const double Enough = 0.03;

    private long _start = clock.GetTimestamp();
    private double _from, _fraction;

    /// <summary>Seconds until the painting is complete; null if not known.</summary>
    public double? Seconds { get; private set; }

    /// <summary>Forgets the pace so far.</summary>
    public void Restart() => (_start, _from, Seconds) = (clock.GetTimestamp(), _fraction, null);

    /// <summary>Takes note of how much is done.</summary>
    public void Report(double fraction)
    {
        if (fraction < _fraction)
        {
            _fraction = fraction;
            Restart();
        }

        _fraction = fraction;
        double done = fraction - _from;
        Seconds = done < Enough * (1 - _from)
            ? null
            : clock.GetElapsedTime(_start).TotalSeconds * (1 - fraction) / done;
    }
}
