using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Tga;

/// <summary>Places stored values in a picture.</summary>
/// <param name="picture">The picture, with alpha if the header says so.</param>
/// <param name="header">The header of the file.</param>
/// <param name="palette">The colors of the palette.</param>
internal readonly ref struct TgaCanvas(Picture picture, TgaHeader header, ReadOnlySpan<byte> palette)
{
    private readonly ReadOnlySpan<byte> _palette = palette;
    private readonly float[] _levels = Samples.Levels(8), _fifths = Samples.Levels(5);
    private readonly int _paletteLength = TgaHeader.BytesOf(header.PaletteBits);

    /// <summary>Sets the pixel of the stored value of a number, from 0.</summary>
    public void Set(int index, ReadOnlySpan<byte> value)
    {
        int y = index / header.Width, x = index % header.Width;
        if (header.IsRightToLeft) x = header.Width - 1 - x;
        if (!header.IsTopDown) y = header.Height - 1 - y;
        int at = (y * header.Width) + x;
        switch (header.Kind)
        {
            case TgaKind.Gray:
                picture.Red[at] = picture.Green[at] = picture.Blue[at] = _levels[value[0]];
                if (picture.Alpha is float[] alpha) alpha[at] = _levels[value[1]];
                break;
            case TgaKind.Color:
                SetColor(at, value, header.BitsPerValue);
                break;
            case TgaKind.Palette:
                int color = value[0] - header.PaletteFirst;
                if (color < 0 || color >= header.PaletteColors)
                {
                    throw new ImageFormatException($"TGA: the palette has no color {value[0]}; the file is damaged.");
                }

                SetColor(at, _palette.Slice(color * _paletteLength, _paletteLength), header.PaletteBits);
                break;
            default:
                throw new InvalidOperationException($"Unknown kind {header.Kind}.");
        }
    }

    /// <summary>Returns the picture. One of 32 bits whose alpha is 0 everywhere has none: its writer left it
    /// empty.</summary>
    public Picture Finish()
    {
        bool isEmpty = header.AlphaBits == 0 && picture.Alpha is float[] alpha && !alpha.AsSpan().ContainsAnyExcept(0f);
        if (isEmpty) Array.Fill(picture.Alpha!, 1f);
        return picture;
    }

    private void SetColor(int at, ReadOnlySpan<byte> value, int bits)
    {
        if (bits > 16)
        {
            picture.Blue[at] = _levels[value[0]];
            picture.Green[at] = _levels[value[1]];
            picture.Red[at] = _levels[value[2]];
            if (picture.Alpha is float[] alpha) alpha[at] = _levels[value[3]];
            return;
        }

        int packed = BinaryPrimitives.ReadUInt16LittleEndian(value);
        picture.Red[at] = _fifths[(packed >> 10) & 31];
        picture.Green[at] = _fifths[(packed >> 5) & 31];
        picture.Blue[at] = _fifths[packed & 31];
        if (picture.Alpha is float[] mask) mask[at] = packed >> 15;
    }
}
