using Atelier.Imaging;

namespace Atelier.Studio.Storage;

/// <summary>Masks as files: gray PNGs, which browsers and the library read alike.</summary>
public static class MaskFile
{
    // Masks are resized to the painting, and are soft at their edges; more pixels would only take time.
    private const int MaxSide = 2048;

    /// <summary>Makes a mask of any picture, by its brightness, as the library reads it: transparent is
    /// black.</summary>
    /// <param name="file">A picture of any format.</param>
    /// <returns>A gray PNG.</returns>
    /// <exception cref="ImageFormatException">It is not a picture.</exception>
    public static byte[] From(ReadOnlySpan<byte> file)
    {
        Picture picture = PictureFile.DecodeSamples(file);
        if (Math.Max(picture.Width, picture.Height) > MaxSide)
        {
            picture = Resampler.Resize(picture, MaxSide);
        }

        float[] gray = new float[picture.Red.Length];
        for (int i = 0; i < gray.Length; i++)
        {
            // The weights of ITU-R BT.709, on encoded samples.
            float luma = (0.2126f * picture.Red[i]) + (0.7152f * picture.Green[i]) + (0.0722f * picture.Blue[i]);
            gray[i] = Math.Clamp(luma * (picture.Alpha?[i] ?? 1), 0, 1);
        }

        return Encode(picture.Width, picture.Height, gray);
    }

    /// <summary>Makes a mask act less.</summary>
    /// <param name="file">A mask.</param>
    /// <param name="strength">What remains of it, 0–1.</param>
    /// <returns>A gray PNG.</returns>
    /// <exception cref="ImageFormatException">It is not a picture.</exception>
    public static byte[] Weaken(ReadOnlySpan<byte> file, double strength)
    {
        Picture mask = PictureFile.DecodeSamples(file);
        return Encode(mask.Width, mask.Height, Array.ConvertAll(mask.Red, value => value * (float)strength));
    }

    /// <summary>Compares the proportions of a mask with those of a photograph, over which it will be
    /// stretched.</summary>
    /// <returns>Both sizes, if the proportions differ; otherwise null.</returns>
    /// <exception cref="ImageFormatException">One is not a picture.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static ((int Width, int Height) Mask, (int Width, int Height) Photograph)? Misfit(
        string mask, string photograph)
    {
        PictureInfo small = PictureFile.Identify(mask), large = PictureFile.Identify(photograph);
        double ratio = (double)small.Width * large.Height / ((double)small.Height * large.Width);
        double rounding = 1.5 / Math.Min(small.Width, small.Height);
        return Math.Abs(Math.Log(ratio)) <= Math.Max(0.01, rounding)
            ? null
            : ((small.Width, small.Height), (large.Width, large.Height));
    }

    private static byte[] Encode(int width, int height, float[] gray)
    {
        using MemoryStream png = new();
        PictureFile.Save(new Picture(width, height, gray, gray, gray), png, ".png");
        return png.ToArray();
    }
}
