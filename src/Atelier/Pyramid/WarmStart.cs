using Atelier.Imaging;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>Transfers Adam's state to the next scale.</summary>
internal static class WarmStart
{
    /// <summary>Resizes the moments. Losses are means, so the gradient of one pixel shrinks as the number of pixels
    /// grows; the moments are scaled accordingly.</summary>
    /// <param name="from">Size of the state, including the margin.</param>
    /// <param name="to">Target size, including the margin.</param>
    /// <param name="isTileable">Whether the picture is tileable.</param>
    internal static AdamState Enlarge(
        AdamState state, (int Height, int Width) from, (int Height, int Width) to, int margin, bool isTileable = false)
    {
        float shrink = (float)((double)from.Height * from.Width / ((double)to.Height * to.Width));
        float[] Resize(float[] values, Func<float, float> function)
            => new PlanarPicture(from.Height, from.Width, values).Crop(margin)
                .Resize(to.Height - (2 * margin), to.Width - (2 * margin), isTileable)
                .Map(function).Extend(margin).Values;
        return new AdamState(
            state.Step,
            Resize(state.Mean, value => value * shrink),
            Resize(state.Square, value => Math.Max(0f, value) * shrink * shrink));
    }
}
