using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>The effective receptive field of one position of a layer: how strongly each pixel of a picture influences
/// it, measured as the norm of the gradient of the sum of the position's channels with respect to the pixel's red,
/// green and blue.</summary>
/// <remarks>Luo, Li, Urtasun and Zemel 2016: the center of a receptive field has far more influence than its edges.
/// Differs from Luo et al.: computed for one picture, not averaged over many; because the user looks at one
/// picture.</remarks>
public sealed record EffectiveReceptiveField
{
    /// <summary>The theoretical receptive field.</summary>
    public required ReceptiveField Field { get; init; }

    /// <summary>Row of the position in the layer's feature map.</summary>
    public required int Row { get; init; }

    /// <summary>Column of the position in the layer's feature map.</summary>
    public required int Column { get; init; }

    /// <summary>Width of the picture in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the picture in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The norm of the gradient at each pixel, in row-major order; 0 or more.</summary>
    public required float[] Strengths { get; init; }

    /// <summary>The columns of the picture inside the receptive field: the first, and the one after the last.
    /// </summary>
    public (int First, int End) Columns => Field.Pixels(Column, Width);

    /// <summary>The rows of the picture inside the receptive field: the first, and the one after the last.</summary>
    public (int First, int End) Rows => Field.Pixels(Row, Height);

    /// <summary>Computes the norms of a gradient inside a receptive field.</summary>
    /// <remarks>Outside it is zero but for rounding: fast convolutions add and subtract neighbors that cancel out.
    /// </remarks>
    internal static EffectiveReceptiveField Create(ReceptiveField field, int row, int column, PlanarPicture gradient)
    {
        (int height, int width) = (gradient.Height, gradient.Width);
        ReadOnlySpan<float> red = gradient.Plane(0), green = gradient.Plane(1), blue = gradient.Plane(2);
        (int left, int right) = field.Pixels(column, width);
        (int top, int bottom) = field.Pixels(row, height);
        float[] strengths = new float[height * width];
        for (int y = top; y < bottom; y++)
        {
            for (int i = (y * width) + left; i < (y * width) + right; i++)
                strengths[i] = MathF.Sqrt((red[i] * red[i]) + (green[i] * green[i]) + (blue[i] * blue[i]));
        }

        return new EffectiveReceptiveField
        {
            Field = field,
            Row = row,
            Column = column,
            Width = width,
            Height = height,
            Strengths = strengths,
        };
    }

    /// <summary>Returns the side of the smallest square around the center of the field that contains a fraction of the
    /// total strength.</summary>
    /// <param name="share">The fraction, above 0 and up to 1.</param>
    /// <returns>The side in pixels; 0 if no pixel has any influence.</returns>
    public int SideHolding(double share)
    {
        double centerX = Field.Center + ((double)Column * Field.Stride);
        double centerY = Field.Center + ((double)Row * Field.Stride);
        double[] ofSide = new double[Field.Size + 1];
        for (int i = 0; i < Strengths.Length; i++)
        {
            if (Strengths[i] > 0)
            {
                double distance = Math.Max(Math.Abs((i % Width) - centerX), Math.Abs((i / Width) - centerY));
                ofSide[(int)((2 * distance) + 1)] += Strengths[i];
            }
        }

        // Down from the whole field, so that rounding never asks for more than there is.
        double outside = 0, allowed = (1 - share) * ofSide.Sum();
        int side = ofSide.Sum() > 0 ? Field.Size : 0;
        while (side > 0 && outside + ofSide[side] <= allowed)
            outside += ofSide[side--];
        return side;
    }
}
