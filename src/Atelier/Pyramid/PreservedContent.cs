using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>The preserved pixels of the photograph at one scale. White pixels of the mask are pinned during painting,
/// so that their surroundings are painted to match; gray ones are painted freely and blended at the end.</summary>
internal sealed record PreservedContent(Mask Where, PlanarPicture Content)
{
    /// <summary>Returns the pixels that the guides preserve; null if there are none.</summary>
    /// <param name="guides">The guides.</param>
    /// <param name="styleCount">Number of styles.</param>
    /// <param name="photograph">The photograph at any size; resized only if some of it is preserved.</param>
    /// <param name="height">Height of the scale.</param>
    /// <param name="width">Width of the scale.</param>
    internal static PreservedContent? Create(
        SpatialGuides guides, int styleCount, Picture photograph, int height, int width)
    {
        if (ResolvedGuides.PreservedMask(guides, styleCount, height, width) is not Mask where)
        {
            return null;
        }

        PlanarPicture content = PlanarPicture.From(photograph, height, width);
        return new PreservedContent(where, photograph.ExceedsGamut ? content : content.Clamp());
    }

    /// <summary>Copies the pinned pixels of the photograph into a picture.</summary>
    internal PlanarPicture Pin(PlanarPicture picture)
        => picture.Mix(Content, Array.ConvertAll(Where.Values, share => share >= 1 ? 1f : 0f));

    /// <summary>Blends the photograph into a picture by the mask.</summary>
    internal PlanarPicture Blend(PlanarPicture picture) => picture.Mix(Content, Where.Values);

    /// <summary>Returns the objective as a function of the pixels that are not pinned. The caller disposes
    /// it.</summary>
    /// <param name="engine">The engine of the objective's tensors.</param>
    /// <param name="objective">The objective for pictures including the margin.</param>
    /// <param name="margin">Mirrored pixels around the picture.</param>
    internal PinnedObjective Pin(IEngine engine, IObjective objective, int margin)
    {
        float[] plane = Array.ConvertAll(Where.Extend(margin).Values, share => share >= 1 ? 0f : 1f);
        return new PinnedObjective(engine, objective, [.. plane, .. plane, .. plane]);
    }
}

/// <summary>An objective with pinned values, for which its gradient is zero.</summary>
internal sealed class PinnedObjective : IObjective, IDisposable
{
    private readonly IEngine _engine;
    private readonly IObjective _objective;
    private readonly Tensor _isFree;

    /// <param name="isFree">1 for free values, 0 for pinned ones.</param>
    internal PinnedObjective(IEngine engine, IObjective objective, float[] isFree)
    {
        (_engine, _objective) = (engine, objective);
        _isFree = engine.CreateTensor(isFree.Length);
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
