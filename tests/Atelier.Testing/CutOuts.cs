using Atelier.Imaging;

namespace Atelier.Testing;

/// <summary>Pictures with transparent parts.</summary>
internal static class CutOuts
{
    /// <summary>Cuts an ellipse with a soft edge out of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="shift">How far the ellipse is from the middle, as a share of the width.</param>
    internal static Picture Of(Picture picture, double shift = 0)
    {
        float[] alpha = new float[picture.Width * picture.Height];
        for (int i = 0; i < alpha.Length; i++)
        {
            double x = ((((i % picture.Width) + 0.5) / picture.Width) - 0.5 - shift) / 0.38;
            double y = ((((i / picture.Width) + 0.5) / picture.Height) - 0.5) / 0.34;
            alpha[i] = (float)Math.Clamp((1.1 - Math.Sqrt((x * x) + (y * y))) * 5, 0, 1);
        }

        return new Picture(picture.Width, picture.Height, picture.Red, picture.Green, picture.Blue, alpha);
    }

    /// <summary>Returns the picture with another color where it is wholly transparent.</summary>
    internal static Picture WithHidden(Picture picture, float sample)
    {
        float[] Replaced(float[] plane)
            => [.. plane.Select((value, i) => picture.Alpha![i] > 0 ? value : sample)];
        return new Picture(
            picture.Width, picture.Height, Replaced(picture.Red), Replaced(picture.Green), Replaced(picture.Blue),
            picture.Alpha);
    }
}
