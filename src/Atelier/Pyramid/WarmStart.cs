using Atelier.Imaging;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>Carries what Adam knows to the next size.</summary>
internal static class WarmStart
{
    /// <summary>The moments at another size. Losses are means, so the gradient of one pixel shrinks as their number
    /// grows; the moments shrink with it.</summary>
    /// <param name="from">Size with margin that the state belongs to.</param>
    /// <param name="to">Size with margin that it is wanted for.</param>
    /// <param name="repeats">Whether the picture is one period of a pattern.</param>
    internal static AdamState Enlarge(
        AdamState state, (int Height, int Width) from, (int Height, int Width) to, int margin, bool repeats = false)
    {
        float shrink = (float)((double)from.Height * from.Width / ((double)to.Height * to.Width));
        float[] Resize(float[] values, Func<float, float> function)
            => new PlanarPicture(from.Height, from.Width, values).Crop(margin)
                .Resize(to.Height - (2 * margin), to.Width - (2 * margin), repeats).Map(function).Extend(margin).Values;
        return new AdamState(
            state.Step,
            Resize(state.Mean, value => value * shrink),
            Resize(state.Square, value => Math.Max(0f, value) * shrink * shrink));
    }
}
