using System.Numerics;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Color;

/// <summary>Colors without texture: gives a picture the palette of another.</summary>
public static class Recoloring
{
    /// <summary>The picture in the palette's colors.</summary>
    /// <param name="picture">The picture, which is not changed. Its alpha, depth and profile stay; a recipe that it
    /// carries, which tells of other colors, does not.</param>
    /// <param name="palette">The picture whose colors are wanted; of any size. Pixels of both count as much as they are
    /// opaque.</param>
    /// <param name="match">How the palettes are matched.</param>
    /// <param name="amount">0 leaves the colors as they are, 1 changes them fully.</param>
    /// <returns>A new picture with samples in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not in [0, 1].</exception>
    public static Picture Apply(
        Picture picture, Picture palette, ColorMatchKind match = ColorMatchKind.MongeKantorovich, double amount = 1)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(palette);
        if (amount is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "Give 0 to 1.");
        }

        Picture plain = picture.WithText(picture.Text.Remove(Recipe.TextKey));
        return amount == 0 ? plain : Blend(plain, Map(plain, palette, match)(plain), amount);
    }

    /// <summary>Goes a part of the way from one picture to another of the same size.</summary>
    internal static Picture Blend(Picture from, Picture to, double amount)
    {
        if (amount == 1)
        {
            return to;
        }

        float[] Mixed(float[] a, float[] b)
        {
            float[] mixed = new float[a.Length];
            for (int i = 0; i < mixed.Length; i += Vector<float>.Count)
            {
                Vector<float> start = ColorLoop.Load(a, i);
                ColorLoop.Store(start + ((ColorLoop.Load(b, i) - start) * (float)amount), mixed, i);
            }

            return mixed;
        }

        return from.WithColors(Mixed(from.Red, to.Red), Mixed(from.Green, to.Green), Mixed(from.Blue, to.Blue));
    }

    /// <summary>The map from one palette to another, for any picture.</summary>
    internal static Func<Picture, Picture> Map(Picture from, Picture to, ColorMatchKind match)
        => match == ColorMatchKind.Histogram
            ? HistogramMatch.Between(from, to).Apply

            // It refuses kinds that it does not know.
            : LinearMatch.Between(ColorMoments.Of(from), ColorMoments.Of(to), match).Apply;
}
