using Atelier.Imaging;

namespace Atelier.Studio.Tests;

/// <summary>Small pictures as files.</summary>
internal static class TestPictures
{
    internal static byte[] Photograph { get; } = Encode(48, 32, (x, y) => (x / 48f, y / 32f, 0.4f));

    internal static byte[] Artwork { get; } = Encode(40, 56, (x, y) => ((x / 5 % 2) * 0.9f, 0.2f, (y / 7 % 2) * 0.8f));

    internal static byte[] OtherArtwork { get; } = Encode(33, 33, (x, y) => (0.9f, (x + y) % 8 / 8f, 0.1f));

    /// <summary>White on the left half.</summary>
    internal static byte[] Mask { get; } = Encode(48, 32, (x, _) => x < 24 ? (1, 1, 1) : (0, 0, 0));

    internal static byte[] Encode(int width, int height, Func<int, int, (float Red, float Green, float Blue)> colorAt)
    {
        Picture picture = new(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int i = (y * width) + x;
                (picture.Red[i], picture.Green[i], picture.Blue[i]) = colorAt(x, y);
            }
        }

        using MemoryStream png = new();
        PictureFile.Save(picture, png, ".png");
        return png.ToArray();
    }
}
