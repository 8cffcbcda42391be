using System.Runtime.InteropServices;
using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>A picture in the memory of libvips, ready to be written.</summary>
internal sealed unsafe class VipsImage : IDisposable
{
    private readonly void* _memory;

    private VipsImage(Picture picture, int bits)
    {
        int channels = picture.Alpha is null ? 3 : 4;
        Length = checked((long)picture.Width * picture.Height * channels * (bits / 8));
        _memory = NativeMemory.Alloc((nuint)Length);
        Fill(picture.Red, 0);
        Fill(picture.Green, 1);
        Fill(picture.Blue, 2);
        if (picture.Alpha is float[] alpha) Fill(alpha, 3);
        using Image samples = Image.NewFromMemory(
            (nint)_memory, (ulong)Length, picture.Width, picture.Height, channels,
            bits == 16 ? Enums.BandFormat.Ushort : Enums.BandFormat.Uchar);
        using Image colors = samples.Copy(
            interpretation: bits == 16 ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
        Pixels = VipsMetadata.Attach(colors, picture).Copy();

        // Rounds as the other encoders do: halves to even, NaN to 0.
        void Fill(float[] plane, int channel)
        {
            float highest = bits == 16 ? ushort.MaxValue : byte.MaxValue;
            for (long i = 0, at = channel; i < plane.Length; i++, at += channels)
            {
                float sample = plane[i], level = sample > 0f ? MathF.Round(Math.Min(sample, 1f) * highest) : 0f;
                if (bits == 16) ((ushort*)_memory)[at] = (ushort)level;
                else ((byte*)_memory)[at] = (byte)level;
            }
        }
    }

    /// <summary>The image.</summary>
    public Image Pixels { get; }

    /// <summary>Number of bytes of its samples.</summary>
    public long Length { get; }

    /// <summary>Creates an image of 8 or 16 bits a sample.</summary>
    public static VipsImage Create(Picture picture, int bits) => new(picture, bits);

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        NativeMemory.Free(_memory);
    }
}
