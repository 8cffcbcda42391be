using Atelier.Imaging;

namespace Atelier.Pyramid;

/// <summary>A picture that is being painted, to be looked at from any thread and at any time: between two steps while
/// there are any, afterwards as it was at last. Nothing is copied unless somebody looks.</summary>
/// <param name="read">Copies the picture out of the optimizer.</param>
internal sealed class LivePicture(Func<PlanarPicture> read)
{
    private readonly Lock _step = new();
    private Func<PlanarPicture>? _read = read;
    private PlanarPicture? _last;

    /// <summary>The picture as it stands; waits for the end of a step.</summary>
    internal PlanarPicture Look()
    {
        lock (_step)
        {
            return _last ?? _read!();
        }
    }

    /// <summary>Keeps others from looking until the scope is disposed.</summary>
    internal Lock.Scope EnterStep() => _step.EnterScope();

    /// <summary>Takes the picture as it was at last; from now on the optimizer may be gone.</summary>
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
