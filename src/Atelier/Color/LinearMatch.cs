using System.Numerics;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Color;

/// <summary>A linear color map that gives one picture the mean and covariance of another (Gatys et al. 2016,
/// "Preserving Color in Neural Artistic Style Transfer", section 2).</summary>
/// <remarks>It works on encoded samples, as the paper does: they are closer to perceived differences, and they are what
/// the network sees. In linear light, a few very bright pixels would dominate.</remarks>
internal sealed class LinearMatch
{
    /// <summary>Added to every variance, so that pictures whose colors are all equal or lie on a line can be
    /// matched.</summary>
    internal const double Regularization = 1e-5;

    private LinearMatch(ColorMatrix matrix) => Matrix = matrix;

    /// <summary>The map itself; its colors may lie outside [0, 1].</summary>
    internal ColorMatrix Matrix { get; }

    /// <summary>Creates the map from the colors of one picture to those of another.</summary>
    internal static LinearMatch Between(ColorMoments from, ColorMoments to, ColorMatchKind kind)
    {
        (Matrix3 source, Matrix3 target) = (Regularized(from.Covariance), Regularized(to.Covariance));
        Matrix3 matrix = kind switch
        {
            ColorMatchKind.MeanStd => new((i, j) => i == j ? Math.Sqrt(target[i, i] / source[i, i]) : 0),
            ColorMatchKind.Cholesky => target.Cholesky() * source.Cholesky().LowerInverse(),
            ColorMatchKind.Symmetric => target.Power(0.5) * source.Power(-0.5),
            ColorMatchKind.MongeKantorovich => Transport(source, target),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of color match is not linear."),
        };
        double[] moved = matrix.Times(from.Mean);
        return new LinearMatch(new ColorMatrix(
            matrix, to.Mean[0] - moved[0], to.Mean[1] - moved[1], to.Mean[2] - moved[2]));
    }

    /// <summary>Returns the recolored picture; colors outside the gamut are desaturated.</summary>
    internal Picture Apply(Picture picture) => ColorLoop.Map(picture, new KeptInGamut(Matrix));

    private static Matrix3 Transport(Matrix3 source, Matrix3 target)
    {
        (Matrix3 root, Matrix3 inverse) = (source.Power(0.5), source.Power(-0.5));
        return inverse * (root * target * root).Power(0.5) * inverse;
    }

    // Due to rounding, the smallest variance of a flat picture may be slightly negative.
    private static Matrix3 Regularized(Matrix3 covariance)
        => new((i, j) => covariance[i, j] + (i == j ? Regularization : 0));

    private readonly struct KeptInGamut(ColorMatrix matrix) : IColorOperator
    {
        private readonly ColorMatrix _matrix = matrix;

        public ColorLanes Apply(ColorLanes color, Vector<float> beside) => _matrix.Apply(color, beside).InGamut();
    }
}
