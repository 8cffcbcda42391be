namespace Atelier.Imaging.Profiles;

/// <summary>A 3 × 3 matrix between linear color spaces.</summary>
/// <param name="Values">The nine values, row by row.</param>
internal sealed record ColorMatrix(double[] Values)
{
    /// <summary>The adaptation of the cones to another white by Bradford.</summary>
    private static readonly ColorMatrix Bradford =
        new([0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296]);

    /// <summary>The white of the profile connection space, D50, as XYZ.</summary>
    internal static double[] D50 { get; } = [0.9642, 1, 0.8249];

    internal double Determinant
    {
        get
        {
            double[] m = Values;
            return (m[0] * ((m[4] * m[8]) - (m[5] * m[7]))) - (m[1] * ((m[3] * m[8]) - (m[5] * m[6])))
                + (m[2] * ((m[3] * m[7]) - (m[4] * m[6])));
        }
    }

    /// <summary>The inverse. The determinant must not be zero.</summary>
    internal ColorMatrix Inverse
    {
        get
        {
            double[] m = Values, inverse = new double[9];
            double scale = 1 / Determinant;
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 3; column++)
                {
                    (int a, int b, int c, int d) =
                        ((column + 1) % 3, (column + 2) % 3, (row + 1) % 3, (row + 2) % 3);
                    inverse[(3 * row) + column] =
                        scale * ((m[(3 * a) + c] * m[(3 * b) + d]) - (m[(3 * a) + d] * m[(3 * b) + c]));
                }
            }

            return new ColorMatrix(inverse);
        }
    }

    /// <summary>Returns the product of two matrices, which applies the other one first.</summary>
    internal ColorMatrix Times(ColorMatrix other)
    {
        double[] product = new double[9];
        for (int i = 0; i < 9; i++)
        {
            for (int k = 0; k < 3; k++) product[i] += Values[(i / 3 * 3) + k] * other.Values[(3 * k) + (i % 3)];
        }

        return new ColorMatrix(product);
    }

    internal double[] Times(double[] vector) => [.. Enumerable.Range(0, 3).Select(row =>
        (Values[3 * row] * vector[0]) + (Values[(3 * row) + 1] * vector[1]) + (Values[(3 * row) + 2] * vector[2]))];

    /// <summary>Returns the matrix with each row scaled to the sum 1, so that white becomes exactly white.</summary>
    internal ColorMatrix WithWhite()
        => new([.. Values.Select((value, i) => value / Values.Skip(i / 3 * 3).Take(3).Sum())]);

    /// <summary>Returns the matrix from linear RGB to the XYZ of the profile connection space.</summary>
    /// <param name="red">Chromaticity x, y of the red primary; those of the others follow.</param>
    /// <exception cref="ImageFormatException">There is no such color space.</exception>
    internal static ColorMatrix FromPrimaries(
        (double X, double Y) red, (double X, double Y) green, (double X, double Y) blue, (double X, double Y) white)
    {
        if (red.Y <= 0 || green.Y <= 0 || blue.Y <= 0 || white.Y <= 0)
        {
            throw new ImageFormatException("a chromaticity is not a color");
        }

        double[] r = Xyz(red), g = Xyz(green), b = Xyz(blue);
        ColorMatrix primaries = new([r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]]);
        if (Math.Abs(primaries.Determinant) < 1e-6)
        {
            throw new ImageFormatException("the primaries lie on a line");
        }

        double[] amounts = primaries.Inverse.Times(Xyz(white));
        ColorMatrix scaled = new([.. primaries.Values.Select((value, i) => value * amounts[i % 3])]);
        return AdaptationFrom(white).Times(scaled);
    }

    /// <summary>Returns the adaptation of XYZ from a white to that of the profile connection space.</summary>
    internal static ColorMatrix AdaptationFrom((double X, double Y) white)
    {
        double[] from = Bradford.Times(Xyz(white)), to = Bradford.Times(D50);
        ColorMatrix gains = new([to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]]);
        return Bradford.Inverse.Times(gains).Times(Bradford);
    }

    private static double[] Xyz((double X, double Y) color)
        => [color.X / color.Y, 1, (1 - color.X - color.Y) / color.Y];
}
