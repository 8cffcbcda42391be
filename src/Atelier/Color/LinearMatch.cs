using System.Numerics;
using Atelier.Imaging;

namespace Atelier.Color;

/// <summary>A linear map of colors that gives one picture the mean and covariance of another (Gatys et al. 2016,
/// "Preserving Color in Neural Artistic Style Transfer", section 2).</summary>
/// <remarks>It works on the encoded samples, as the paper does: they are near to how differences look, and they are
/// what the network sees. In linear light the few brightest pixels would decide for all.</remarks>
internal sealed class LinearMatch
{
    /// <summary>Added to every variance, so that a picture of one color, or of one line of colors, can be
    /// matched.</summary>
    internal const double Regularization = 1e-5;

    private readonly Matrix3 _matrix;
    private readonly double[] _offset;

    private LinearMatch(Matrix3 matrix, ColorMoments from, ColorMoments to)
        => (_matrix, _offset) = (matrix, [.. to.Mean.Zip(matrix.Times(from.Mean), (mean, moved) => mean - moved)]);

    /// <summary>The map from the colors of one picture to those of another.</summary>
    internal static LinearMatch Between(ColorMoments from, ColorMoments to, ColorMatchKind kind)
    {
        (Matrix3 source, Matrix3 target) = (Regularized(from.Covariance), Regularized(to.Covariance));
        Matrix3 matrix = kind switch
        {
            ColorMatchKind.MeanStd => new((i, j) => i == j ? Math.Sqrt(target[i, i] / source[i, i]) : 0),
            ColorMatchKind.Cholesky => target.Cholesky() * source.Cholesky().LowerInverse(),
            ColorMatchKind.Symmetric => target.Power(0.5) * source.Power(-0.5),
            ColorMatchKind.MongeKantorovich => Transport(source, target),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no linear match."),
        };
        return new LinearMatch(matrix, from, to);
    }

    /// <summary>The recolored picture.</summary>
    /// <param name="picture">The picture, which is not changed.</param>
    /// <param name="keepInGamut">Whether colors that no screen can show lose saturation.</param>
    internal Picture Apply(Picture picture, bool keepInGamut = true)
        => ColorLoop.Map(picture, new Map(_matrix, _offset, keepInGamut));

    /// <summary>One color, which may leave [0, 1].</summary>
    internal Vector3 Apply(Vector3 color)
    {
        double[] moved = _matrix.Times([color.X, color.Y, color.Z]);
        return new((float)(moved[0] + _offset[0]), (float)(moved[1] + _offset[1]), (float)(moved[2] + _offset[2]));
    }

    private static Matrix3 Transport(Matrix3 source, Matrix3 target)
    {
        (Matrix3 root, Matrix3 inverse) = (source.Power(0.5), source.Power(-0.5));
        return inverse * (root * target * root).Power(0.5) * inverse;
    }

    // Rounding leaves the smallest variance of a flat picture on either side of zero.
    private static Matrix3 Regularized(Matrix3 covariance)
        => new((i, j) => covariance[i, j] + (i == j ? Regularization : 0));

    private readonly struct Map(Matrix3 matrix, double[] offset, bool keepInGamut) : IColorOperator
    {
        private readonly ColorLanes _red = Column(matrix, 0), _green = Column(matrix, 1), _blue = Column(matrix, 2);
        private readonly ColorLanes _offset = new(
            new Vector<float>((float)offset[0]), new Vector<float>((float)offset[1]),
            new Vector<float>((float)offset[2]));

        private readonly bool _keepInGamut = keepInGamut;

        public ColorLanes Apply(ColorLanes color, Vector<float> beside)
        {
            ColorLanes moved = new(
                Row(color, _red.Red, _green.Red, _blue.Red, _offset.Red),
                Row(color, _red.Green, _green.Green, _blue.Green, _offset.Green),
                Row(color, _red.Blue, _green.Blue, _blue.Blue, _offset.Blue));
            return _keepInGamut ? moved.InGamut() : moved;
        }

        private static Vector<float> Row(
            ColorLanes color, Vector<float> red, Vector<float> green, Vector<float> blue, Vector<float> offset)
            => (color.Red * red) + (color.Green * green) + (color.Blue * blue) + offset;

        private static ColorLanes Column(Matrix3 matrix, int j)
            => new(new((float)matrix[0, j]), new((float)matrix[1, j]), new((float)matrix[2, j]));
    }
}
