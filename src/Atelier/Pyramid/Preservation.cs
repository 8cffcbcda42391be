using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>The photograph where it is to stay, at one size. White pixels are pinned while the picture is painted, so
/// that what is beside them is painted to fit; gray ones are painted freely, and blended when all is done.</summary>
internal sealed record Preservation(Mask Where, PlanarPicture Content)
{
    /// <summary>What of the photograph guides keep; null for nothing.</summary>
    /// <param name="guides">With the masks.</param>
    /// <param name="styleCount">How many styles there are.</param>
    /// <param name="content">The photograph at the size.</param>
    internal static Preservation? Of(SpatialGuides guides, int styleCount, PlanarPicture content)
        => Guidance.Kept(guides, styleCount, content.Height, content.Width) is Mask where
            ? new Preservation(where, content)
            : null;

    /// <summary>The picture with the photograph's pixels where they are pinned.</summary>
    internal PlanarPicture Pin(PlanarPicture picture)
        => picture.Mix(Content, Array.ConvertAll(Where.Values, share => share >= 1 ? 1f : 0f));

    /// <summary>The picture with as much of the photograph as is to stay.</summary>
    internal PlanarPicture Blend(PlanarPicture picture) => picture.Mix(Content, Where.Values);

    /// <summary>The objective as a function of the pixels that are not pinned. The caller disposes it.</summary>
    /// <param name="engine">Whose tensors the objective works on.</param>
    /// <param name="objective">Of pictures with the margin.</param>
    /// <param name="margin">Mirrored pixels around the picture.</param>
    internal PinnedObjective Pin(IEngine engine, IObjective objective, int margin)
    {
        float[] plane = Array.ConvertAll(Where.Extend(margin).Values, share => share >= 1 ? 0f : 1f);
        return new PinnedObjective(engine, objective, [.. plane, .. plane, .. plane]);
    }
}

/// <summary>An objective some of whose values are not free: its gradient there is zero.</summary>
internal sealed class PinnedObjective : IObjective, IDisposable
{
    private readonly IEngine _engine;
    private readonly IObjective _objective;
    private readonly Tensor _isFree;

    /// <param name="isFree">1 for values that are free, 0 for the others.</param>
    internal PinnedObjective(IEngine engine, IObjective objective, float[] isFree)
    {
        (_engine, _objective) = (engine, objective);
        _isFree = engine.NewTensor(isFree.Length);
        engine.Write(isFree, _isFree);
    }

    public double Evaluate(Tensor x, Tensor gradient)
    {
        double value = _objective.Evaluate(x, gradient);
        _engine.Multiply(_isFree, gradient);
        return value;
    }

    public void Dispose() => _isFree.Dispose();
}
