using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed class GaussianTransportTests
{
    private const double Floor = 1e-4;

    public static TheoryData<int, int> SizesAndRanks
        => new() { { 1, 1 }, { 2, 2 }, { 3, 1 }, { 16, 40 }, { 17, 5 }, { 64, 100 }, { 130, 20 }, { 130, 400 } };

    [Theory]
    [MemberData(nameof(SizesAndRanks))]
    public void Evaluate_Covariances_CarriesOneToTheOther(int n, int rank)
    {
        double[] covariance = Covariance(1, n, rank), target = Covariance(2, n, rank), map = new double[n * n];

        double trace = new GaussianTransport(n, target, Floor).Evaluate(covariance, map);

        // T is symmetric with T·Σ·T = Σₜ, and tr (FᵀΣF)^½ = tr T·Σ.
        double[] half = Matrices.Multiply(n, map, covariance);
        Assert.Equal(Matrices.Transpose(n, map), map);
        Numbers.AssertClose(target, Matrices.Multiply(n, half, map), 1e-8);
        Assert.Equal(Enumerable.Range(0, n).Sum(i => half[i * (n + 1)]), trace, 1e-9 * trace);
    }

    [Theory]
    [MemberData(nameof(SizesAndRanks))]
    public void Evaluate_TheTargetItself_IsTheIdentity(int n, int rank)
    {
        double[] target = Covariance(3, n, rank), map = new double[n * n];

        double trace = new GaussianTransport(n, target, Floor).Evaluate(target, map);

        Assert.Equal(Enumerable.Range(0, n).Sum(i => target[i * (n + 1)]), trace, 1e-11 * trace);

        // Eigenvalues of FᵀΣF reach down to 10⁻⁸, where the rounding errors of the largest are a share of 10⁻⁷.
        Numbers.AssertClose(Matrices.Identity(n), map, 1e-6);
    }

    [Fact]
    public void Evaluate_Diagonals_AreTheRootsOfTheirRatios()
    {
        double[] map = new double[9];

        double trace = new GaussianTransport(3, Matrices.Diagonal(4, 1, Floor), Floor)
            .Evaluate(Matrices.Diagonal(1, 9, Floor), map);

        Assert.Equal(5 + Floor, trace, 1e-12);
        Numbers.AssertClose(Matrices.Diagonal(2, 1.0 / 3, 1), map, 1e-12);
    }

    [Fact]
    public void Evaluate_LoudAndSilentChannels_StaysFinite()
    {
        // A least eigenvalue far below the rounding errors of the largest.
        double[] covariance = [.. Matrices.Covariance(4, 17, 5).Select(value => 1e9 * value)], map = new double[289];
        for (int i = 0; i < 17; i++)
            covariance[i * 18] += Floor;

        double trace = new GaussianTransport(17, covariance, Floor).Evaluate(covariance, map);

        Assert.Equal(Enumerable.Range(0, 17).Sum(i => covariance[i * 18]), trace, 1e-6 * trace);
        Assert.All(map, entry => Assert.True(double.IsFinite(entry)));
    }

    [Theory]
    [InlineData(17, 2, 1e-3), InlineData(64, 3, 0.1), InlineData(130, 1, 1e-5)]
    public void Evaluate_IndefiniteByRounding_StaysNearTheTruth(int n, int rank, double error)
    {
        double[] covariance = Covariance(9, n, rank), target = Covariance(10, n, rank);
        double[] exactMap = new double[n * n], map = new double[n * n];
        double exact = new GaussianTransport(n, target, Floor).Evaluate(covariance, exactMap);
        foreach ((double[] matrix, int seed) in ((double[], int)[])[(covariance, 11), (target, 12)])
        {
            float[] noise = Numbers.Normal(seed, n * n);
            for (int i = 0; i < n * n; i++)
                matrix[i] += error * (noise[i] + noise[(i % n * n) + (i / n)]);
        }

        double trace = new GaussianTransport(n, target, Floor).Evaluate(covariance, map);

        // Every root of an eigenvalue moves by less than the root of what all are raised by.
        Assert.InRange(Math.Abs(trace - exact), 0, 10 * n * Math.Sqrt(n * error * (1 + exact)));
        Assert.All(map, entry => Assert.InRange(Math.Abs(entry), 0, 1e4));
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.MaxValue)]
    public void Evaluate_NotFinite_EndsAndShowsIt(double value)
    {
        double[] covariance = Covariance(5, 16, 20), map = new double[256];
        GaussianTransport transport = new(16, covariance, Floor);
        covariance[17] = value;
        Assert.False(double.IsFinite(transport.Evaluate(covariance, map)));
    }

    [Fact]
    public void Evaluate_Twice_GivesTheSameBits()
    {
        double[] covariance = Covariance(6, 17, 30), first = new double[289], second = new double[289];
        GaussianTransport transport = new(17, Covariance(7, 17, 30), Floor);
        double trace = transport.Evaluate(covariance, first);

        transport.Evaluate(Covariance(8, 17, 30), second);

        Assert.NotEqual(first, second);
        Assert.Equal(trace, transport.Evaluate(covariance, second));
        Assert.Equal(first, second);
    }

    private static double[] Covariance(int seed, int n, int rank)
    {
        double[] covariance = Matrices.Covariance(seed, n, rank);
        for (int i = 0; i < n; i++)
            covariance[i * (n + 1)] += Floor;
        return covariance;
    }
}
