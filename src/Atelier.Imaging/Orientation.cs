namespace Atelier.Imaging;

/// <summary>The transformation that makes a stored picture upright, with the values of EXIF. Rotations are
/// clockwise.</summary>
public enum Orientation
{
    /// <summary>Stored upright.</summary>
    Normal = 1,

    /// <summary>Mirror left to right.</summary>
    FlipHorizontal = 2,

    /// <summary>Rotate by 180°.</summary>
    Rotate180 = 3,

    /// <summary>Mirror top to bottom.</summary>
    FlipVertical = 4,

    /// <summary>Mirror along the main diagonal (top left to bottom right).</summary>
    Transpose = 5,

    /// <summary>Rotate by 90° clockwise.</summary>
    Rotate90 = 6,

    /// <summary>Mirror along the antidiagonal (top right to bottom left).</summary>
    Transverse = 7,

    /// <summary>Rotate by 90° counterclockwise.</summary>
    Rotate270 = 8,
}

/// <summary>Turns pictures upright.</summary>
public static class OrientationExtensions
{
    /// <summary>Side of the squares that are rotated at a time, so that both rows and columns stay in the
    /// cache.</summary>
    private const int Tile = 32;

    /// <summary>Returns the orientation of a number in a file; null if there is none of that number.</summary>
    internal static Orientation? FromNumber(int number)
        => number is >= (int)Orientation.Normal and <= (int)Orientation.Rotate270 ? (Orientation)number : null;

    /// <summary>Returns the upright picture, with its metadata.</summary>
    /// <returns>The same picture if it is already upright, otherwise a new one.</returns>
    public static Picture Apply(this Orientation orientation, Picture picture)
    {
        if (orientation == Orientation.Normal)
        {
            return picture;
        }

        (int width, int height) = orientation.TurnedSize(picture.Width, picture.Height);
        float[] Turned(float[] plane) => Turn(plane, picture.Width, picture.Height, orientation);
        Picture turned = picture.WithPlanes(
            width, height, [.. picture.Planes.Select(Turned)], picture.StoredColors?.Turned(Turned));
        return orientation < Orientation.Transpose || picture.Metadata.Resolution is not (double x, double y)
            ? turned
            : turned.WithMetadata(picture.Metadata with { Resolution = new PictureResolution(y, x) });
    }

    internal static (int Width, int Height) TurnedSize(this Orientation orientation, int width, int height)
        => orientation >= Orientation.Transpose ? (height, width) : (width, height);

    private static float[] Turn(float[] source, int width, int height, Orientation orientation)
    {
        // The source of the new top left sample, and the distances between the sources of its neighbors.
        int right = width - 1, bottom = (height - 1) * width;
        (int origin, int stepX, int stepY) = orientation switch
        {
            Orientation.FlipHorizontal => (right, -1, width),
            Orientation.Rotate180 => (bottom + right, -1, -width),
            Orientation.FlipVertical => (bottom, 1, -width),
            Orientation.Transpose => (0, width, 1),
            Orientation.Rotate90 => (bottom, -width, 1),
            Orientation.Transverse => (bottom + right, -width, -1),
            Orientation.Rotate270 => (right, width, -1),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "Not an EXIF orientation."),
        };

        (int newWidth, int newHeight) = orientation.TurnedSize(width, height);
        float[] result = GC.AllocateUninitializedArray<float>(source.Length);
        for (int tileY = 0; tileY < newHeight; tileY += Tile)
        {
            for (int tileX = 0; tileX < newWidth; tileX += Tile)
            {
                int endX = Math.Min(tileX + Tile, newWidth), endY = Math.Min(tileY + Tile, newHeight);
                for (int y = tileY; y < endY; y++)
                {
                    int from = origin + (y * stepY) + (tileX * stepX);
                    foreach (ref float sample in result.AsSpan((y * newWidth) + tileX, endX - tileX))
                    {
                        sample = source[from];
                        from += stepX;
                    }
                }
            }
        }

        return result;
    }
}
