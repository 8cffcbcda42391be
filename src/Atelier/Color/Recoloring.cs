using System.Numerics;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Color;

/// <summary>Transfers colors without texture: gives a picture the palette of another.</summary>
public static class Recoloring
{
    /// <summary>Returns the picture in the palette's colors.</summary>
    /// <param name="picture">The picture, which is not changed. Its alpha, bit depth and profile are kept; an embedded
    /// recipe, which would no longer describe it, is not.</param>
    /// <param name="palette">The picture to take the colors from, of any size. Pixels of both pictures are weighted by
    /// their opacity.</param>
    /// <param name="match">How the palettes are matched.</param>
    /// <param name="amount">Strength: 0 keeps the original colors, 1 changes them fully.</param>
    /// <returns>A new picture, in the gamut of sRGB unless the amount is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not in [0, 1].</exception>
    /// <exception cref="OptionsException">A picture is wholly transparent.</exception>
    public static Picture Apply(
        Picture picture, Picture palette, ColorMatchKind match = ColorMatchKind.MongeKantorovich, double amount = 1)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(palette);
        if (amount is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "Give 0 to 1.");
        }

        InvisiblePicture.Refuse("content", picture, "the picture");
        InvisiblePicture.Refuse("palette", palette, "the palette");
        Picture plain = picture.WithText(picture.Text.Remove(Recipe.TextKey));
        if (amount == 0)
        {
            return plain;
        }

        Picture colors = plain.Visible.InGamut;
        return Blend(colors, Map(colors, palette.Visible.InGamut, match)(colors), amount);
    }

    /// <summary>Interpolates between two pictures of the same size.</summary>
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

    /// <summary>Returns the color map from one palette to another, which can be applied to any picture.</summary>
    internal static Func<Picture, Picture> Map(Picture from, Picture to, ColorMatchKind match)
        => match == ColorMatchKind.Histogram
            ? HistogramMatch.Between(from, to).Apply

            // Throws for unknown kinds.
            : LinearMatch.Between(ColorMoments.Measure(from), ColorMoments.Measure(to), match).Apply;
}
