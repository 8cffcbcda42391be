using Atelier.Imaging.Codecs.Gif;

namespace Atelier.Testing;

/// <summary>GIF files made for a test.</summary>
internal static class TestGif
{
    /// <summary>Red, green, blue and white.</summary>
    public static readonly byte[] Palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];

    public static byte[] Build(int width, int height, params GifFrame[] frames)
    {
        using MemoryStream file = new();
        GifWriter writer = new(file);
        writer.WriteHeader(width, height, loops: 3);
        foreach (GifFrame frame in frames)
            writer.Write(frame);
        writer.WriteEnd();
        return file.ToArray();
    }

    public static GifFrame Frame(
        int left, int top, int width, string indices, int? transparent = null, GifDisposal disposal = GifDisposal.Keep,
        int delay = 5)
        => new(left, top, width, indices.Length / width, Palette, [.. indices.Select(digit => (byte)(digit - '0'))],
            transparent, disposal, delay);
}
