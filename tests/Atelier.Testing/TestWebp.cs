using Atelier.Imaging;

namespace Atelier.Testing;

/// <summary>Animated WebP files, frame by frame.</summary>
internal static class TestWebp
{
    /// <summary>The contents of a lossless frame that is shown for 40 milliseconds.</summary>
    /// <param name="left">An even number of pixels.</param>
    /// <param name="top">An even number of pixels.</param>
    internal static byte[] Frame(Picture picture, int left, int top)
    {
        using MemoryStream file = new();
        PictureFile.Save(picture, file, ".webp", new EncodeOptions { Lossless = true, StripMetadata = true });
        ReadOnlySpan<byte> chunks = file.ToArray().AsSpan(12);
        int at = chunks.IndexOf("VP8L"u8);
        return
        [
            .. Three(left / 2), .. Three(top / 2), .. Three(picture.Width - 1), .. Three(picture.Height - 1),
            .. Three(40), 0, .. chunks[at..],
        ];
    }

    /// <summary>A file of frames.</summary>
    internal static byte[] Animation(int width, int height, byte[][] frames, byte[]? profile = null)
    {
        using MemoryStream body = new();
        void Chunk(ReadOnlySpan<byte> name, byte[] contents)
        {
            body.Write(name);
            body.Write(BitConverter.GetBytes(contents.Length));
            body.Write(contents);
            if (contents.Length % 2 != 0) body.WriteByte(0);
        }

        byte flags = (byte)(profile is null ? 0x12 : 0x32);
        Chunk("VP8X"u8, [flags, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]);
        if (profile is not null) Chunk("ICCP"u8, profile);
        Chunk("ANIM"u8, new byte[6]);
        foreach (byte[] frame in frames) Chunk("ANMF"u8, frame);
        return [.. "RIFF"u8, .. BitConverter.GetBytes((int)body.Length + 4), .. "WEBP"u8, .. body.ToArray()];
    }

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
