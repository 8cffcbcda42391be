namespace Atelier.Engine.Statistics;

/// <summary>The optimal transport map T from a centered Gaussian with covariance Σ to one with covariance Σₜ, and the
/// trace term of their Wasserstein distance: with any F for which Σₜ = F·Fᵀ, T = F·(FᵀΣF)^−½·Fᵀ and tr
/// (FᵀΣF)^½.</summary>
/// <remarks>Differs from style-transfer-pytorch: a rational function of the tridiagonal form instead of twelve
/// Newton–Schulz iterations; because covariances of few positions are nearly singular, and the iteration then stops far
/// from the square root.</remarks>
internal sealed unsafe class GaussianTransport
{
    private readonly int _n;
    private readonly double _floor;
    private readonly PaddedMatrix _factor;
    private readonly PaddedMatrix _factorTransposed;
    private readonly PaddedMatrix _covariance;
    private readonly PaddedMatrix _product;
    private readonly PaddedMatrix _result;
    private readonly Tridiagonalization _tridiagonal;
    private readonly TridiagonalInverseRoot _inverseRoot;

    /// <param name="target">Σₜ, row by row.</param>
    /// <param name="floor">Lower bound, above zero, of the eigenvalues of Σₜ and of every Σ.</param>
    internal GaussianTransport(int n, ReadOnlySpan<double> target, double floor)
    {
        (_n, _floor) = (n, floor);
        (_factor, _factorTransposed) = (new PaddedMatrix(n, n), new PaddedMatrix(n, n));
        (_covariance, _product, _result) = (new PaddedMatrix(n, n), new PaddedMatrix(n, n), new PaddedMatrix(n, n));
        (_tridiagonal, _inverseRoot) = (new Tridiagonalization(n), new TridiagonalInverseRoot(n));

        // Sums in single precision leave a covariance of nearly dependent channels below its floor, or indefinite.
        for (double raise = 0; !TryFactor(target, raise);)
            raise = Math.Max(_floor, 2 * raise);
    }

    /// <summary>Computes T. Returns tr (FᵀΣF)^½.</summary>
    /// <param name="covariance">Σ, row by row.</param>
    /// <param name="map">Receives T, symmetric.</param>
    internal double Evaluate(ReadOnlySpan<double> covariance, Span<double> map)
    {
        _covariance.Set(covariance);
        Multiply(MatrixProduct.Create(_factorTransposed, _covariance, _product) with { LeftIsUpper = true }, _product);
        Multiply(
            MatrixProduct.Create(_product, _factor, _result) with { RightIsLower = true, UpperOnly = true }, _result);

        // FᵀΣF = Q·(tridiagonal)·Qᵀ, so T = Wᵀ·(tridiagonal)^−½·W with W = Qᵀ·Fᵀ.
        _tridiagonal.Reduce(_result);
        PaddedMatrix turned = _covariance, inverseRoot = _result;
        inverseRoot.Clear();
        double trace = _inverseRoot.Compute(
            _tridiagonal.Diagonal, _tridiagonal.OffDiagonal, _floor * _floor, inverseRoot);
        turned.Set(_factorTransposed);
        _tridiagonal.ApplyTransposed(turned);
        Multiply(MatrixProduct.Create(inverseRoot, turned, _product), _product);
        MatrixProduct last = MatrixProduct.Create(turned, _product, _result) with
        {
            LeftRowStep = 1,
            LeftDepthStep = turned.Step,
            UpperOnly = true,
        };
        Multiply(last, _result);
        _result.MirrorUpper();
        _result.CopyTo(map);
        GC.KeepAlive(this);
        return trace;
    }

    private static void Multiply(in MatrixProduct product, PaddedMatrix result)
    {
        result.Clear();
        product.Add();
    }

    /// <summary>F by Cholesky's algorithm: zero above the diagonal. Returns whether the target, raised on its diagonal,
    /// is positive definite.</summary>
    private bool TryFactor(ReadOnlySpan<double> target, double raise)
    {
        for (int row = 0; row < _n; row++)
        {
            double* f = _factor.Row(row);
            for (int column = 0; column <= row; column++)
            {
                double* other = _factor.Row(column);
                double rest = target[(row * _n) + column] - RowOperations.Dot(new(f, column), new(other, column));
                if (column == row)
                {
                    // No pivot of a matrix is below its least eigenvalue.
                    rest += raise;
                    if (rest < _floor / 2)
                    {
                        return false;
                    }
                }

                f[column] = column < row ? rest / other[column] : Math.Sqrt(rest);
                _factorTransposed.Row(column)[row] = f[column];
            }
        }

        GC.KeepAlive(this);
        return true;
    }
}
