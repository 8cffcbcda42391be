using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed class TridiagonalInverseRootTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(7), InlineData(16), InlineData(50), InlineData(130)]
    public void Compute_Laplacian_IsTheFormula(int n)
    {
        // Eigenvalues 2 − 2·cos θ with the vectors sin (i·θ), θ = k·π ⁄ (n + 1).
        double[] diagonal = [.. Enumerable.Repeat(2.0, n)], offDiagonal = [.. Enumerable.Repeat(-1.0, n - 1), 0];
        double[] angles = [.. Enumerable.Range(1, n).Select(k => k * Math.PI / (n + 1))];
        double[] expected = new double[n * n];
        foreach (double angle in angles)
        {
            for (int i = 0; i < n * n; i++)
            {
                expected[i] += Math.Sin(((i / n) + 1) * angle) * Math.Sin(((i % n) + 1) * angle)
                    * 2 / (n + 1) / Math.Sqrt(2 - (2 * Math.Cos(angle)));
            }
        }

        PaddedMatrix result = new(n, n);
        double trace = new TridiagonalInverseRoot(n).Compute(diagonal, offDiagonal, floor: 1e-8, result);

        Assert.Equal(angles.Sum(angle => Math.Sqrt(2 - (2 * Math.Cos(angle)))), trace, 1e-12 * n);
        Numbers.AssertClose(expected, result.Entries(), 1e-13);
    }

    [Fact]
    public void Compute_EigenvaluesOverTenDecades_IsRelativelyExactForEach()
    {
        double[] values = [.. Enumerable.Range(0, 21).Select(i => Math.Pow(10, (i / 2.0) - 8))];
        PaddedMatrix result = new(21, 21);

        double trace = new TridiagonalInverseRoot(21).Compute(values, new double[21], floor: 1e-8, result);

        double[] entries = result.Entries();
        for (int i = 0; i < 21; i++)
            Assert.Equal(1, entries[i * 22] * Math.Sqrt(values[i]), 1e-12);
        Assert.Equal(values.Sum(Math.Sqrt), trace, 1e-11);
    }

    [Fact]
    public void Compute_EigenvaluesBelowTheFloor_StayFinite()
    {
        PaddedMatrix result = new(4, 4);
        double trace = new TridiagonalInverseRoot(4).Compute(
            [4, 0, -1e-12, 1e-30], [0, 1e-12, 0, 0], floor: 1e-8, result);
        Assert.Equal(2, trace, 1e-3);

        // All eigenvalues are raised by the floor.
        Assert.Equal(0.5, result.Entries()[0], 2e-9);
        Assert.All(result.Entries(), entry => Assert.InRange(Math.Abs(entry), 0, 1e6));
    }

    [Fact]
    public void Compute_Zero_StaysFinite()
    {
        PaddedMatrix result = new(3, 3);
        Assert.True(double.IsFinite(new TridiagonalInverseRoot(3).Compute(new double[3], new double[3], 1e-8, result)));
        Assert.All(result.Entries(), entry => Assert.True(double.IsFinite(entry)));
    }
}
