namespace Atelier.Imaging;

/// <summary>A mask: how strongly each part of a picture is selected, from 0 to 1. A mask is stretched over the whole
/// picture, whatever its size.</summary>
internal sealed record Mask(int Height, int Width, float[] Values)
{
    // Resolution of an enlarged mask, so that rounding does not leave white slightly gray.
    private const float Steps = 65_535;

    internal bool IsBlack => Array.TrueForAll(Values, value => value <= 0);

    internal bool IsWhite => Array.TrueForAll(Values, value => value >= 1);

    /// <summary>The inverse mask.</summary>
    internal Mask Inverse => this with { Values = Array.ConvertAll(Values, value => 1 - value) };

    /// <summary>Creates a mask from the luma of a picture (weights of ITU-R BT.709 on encoded samples); transparent
    /// pixels count as black. </summary>
    internal static Mask FromPicture(Picture picture)
    {
        float[] values = new float[picture.Red.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp((float)(picture.LumaAt(i) * (picture.Alpha?[i] ?? 1)), 0f, 1f);
        }

        return new Mask(picture.Height, picture.Width, values);
    }

    /// <summary>Returns the opacity of a picture; null if it is opaque everywhere.</summary>
    internal static Mask? OpacityOf(Picture picture)
        => picture.IsTransparent ? new Mask(picture.Height, picture.Width, picture.Alpha!) : null;

    /// <summary>Whether a picture has transparent parts, and the mask selects nothing else.</summary>
    internal bool IsBlackWhereVisible(Picture picture)
        => OpacityOf(picture) is Mask opacity && Resize(picture.Height, picture.Width).Times(opacity).IsBlack;

    /// <summary>The mask as a gray picture.</summary>
    internal Picture ToPicture() => new(Width, Height, Values, Values, Values);

    /// <summary>Creates a mask that is 1 everywhere.</summary>
    internal static Mask White(int height, int width)
    {
        float[] values = new float[checked(height * width)];
        Array.Fill(values, 1f);
        return new Mask(height, width, values);
    }

    /// <summary>Multiplies this mask by another of the same size.</summary>
    internal Mask Times(Mask other)
        => this with { Values = [.. Values.Zip(other.Values, (mine, its) => mine * its)] };

    /// <summary>Multiplies two masks of the same size, of which null stands for one that is 1 everywhere.</summary>
    internal static Mask? Product(Mask? one, Mask? other)
        => one is null || other is null ? one ?? other : one.Times(other);

    /// <summary>Subtracts another mask of the same size, down to 0.</summary>
    internal Mask Minus(Mask other)
        => this with { Values = [.. Values.Zip(other.Values, (mine, its) => Math.Max(0, mine - its))] };

    /// <summary>Resizes the mask to a feature map: each position is the mean of all pixels that it covers, wholly or
    /// partly. </summary>
    internal Mask AverageTo(int height, int width)
    {
        if ((height, width) == (Height, Width))
        {
            return this;
        }

        float[] values = new float[checked(height * width)];
        double[] columns = new double[Width];
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom) = Touched(y, height, Height);
            Array.Clear(columns);
            for (int row = top; row < bottom; row++)
            {
                for (int column = 0; column < Width; column++)
                    columns[column] += Values[(row * Width) + column];
            }

            for (int x = 0; x < width; x++)
            {
                (int left, int right) = Touched(x, width, Width);
                double sum = 0;
                for (int column = left; column < right; column++)
                    sum += columns[column];
                values[(y * width) + x] = (float)(sum / ((right - left) * (bottom - top)));
            }
        }

        return new Mask(height, width, values);
    }

    /// <summary>Resizes the mask to a picture: averaged when shrinking, interpolated when enlarging.</summary>
    internal Mask Resize(int height, int width)
    {
        Mask small = AverageTo(Math.Min(height, Height), Math.Min(width, Width));
        if ((small.Height, small.Width) == (height, width))
        {
            return small;
        }

        float[] values = Resampler.ResizePlane(
            small.Values, small.Width, small.Height, width, height, ResampleFilter.Bilinear);
        return new Mask(height, width, Array.ConvertAll(values, value => MathF.Round(value * Steps) / Steps));
    }

    /// <summary>Extends the mask by a mirrored margin, like a picture.</summary>
    internal Mask Extend(int margin)
    {
        int height = Height + (2 * margin), width = Width + (2 * margin);
        float[] values = new float[checked(height * width)];
        for (int y = 0; y < height; y++)
        {
            int row = PlanarPicture.Mirror(y - margin, Height) * Width;
            for (int x = 0; x < width; x++)
                values[(y * width) + x] = Values[row + PlanarPicture.Mirror(x - margin, Width)];
        }

        return new Mask(height, width, values);
    }

    // The range of 0 … size − 1 that part index of count equal parts touches.
    private static (int First, int End) Touched(int index, int count, int size)
        => ((int)((long)index * size / count), (int)(((((long)index + 1) * size) + count - 1) / count));
}
