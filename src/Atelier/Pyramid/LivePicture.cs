using Atelier.Imaging;

namespace Atelier.Pyramid;

/// <summary>A picture that is being painted and can be read from any thread at any time: between two iterations while
/// the optimizer runs, and in its last state afterwards. It is copied only when it is read.</summary>
/// <param name="read">Copies the picture out of the optimizer.</param>
internal sealed class LivePicture(Func<PlanarPicture> read)
{
    private readonly Lock _step = new();
    private Func<PlanarPicture>? _read = read;
    private PlanarPicture? _last;

    /// <summary>Returns the current picture; waits for the end of a running iteration.</summary>
    internal PlanarPicture Look()
    {
        lock (_step)
        {
            return _last ?? _read!();
        }
    }

    /// <summary>Prevents reads until the returned scope is disposed.</summary>
    internal Lock.Scope EnterStep() => _step.EnterScope();

    /// <summary>Stores the last state of the picture, after which the optimizer may be disposed.</summary>
    internal PlanarPicture End()
    {
        lock (_step)
        {
            _last ??= _read!();
            _read = null;
            return _last;
        }
    }
}
