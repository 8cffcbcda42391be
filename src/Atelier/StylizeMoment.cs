using Atelier.Imaging;
using Atelier.Pyramid;

namespace Atelier;

/// <summary>A state of a painting to which a <see cref="StylizeSession"/> can return.</summary>
public sealed class StylizeMoment
{
    internal StylizeMoment(RunMoment state) => State = state;

    /// <summary>Number of iterations of the whole run so far.</summary>
    public int Iterations => State.Iterations;

    /// <summary>Number of changes that had taken effect.</summary>
    public int Changes => State.State.Changes;

    /// <summary>Width of the painting, in pixels.</summary>
    public int Width => State.State.Present.Width;

    /// <summary>Height of the painting, in pixels.</summary>
    public int Height => State.State.Present.Height;

    /// <summary>Returns the painting as it was. It may be called from any thread, also after the session has
    /// ended.</summary>
    public Picture Preview() => State.Run.Finishing.Finish(State.Painting);

    internal RunMoment State { get; }
}
