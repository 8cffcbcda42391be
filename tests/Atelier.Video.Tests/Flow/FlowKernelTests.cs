using Atelier.Engine.Cpu;
using Atelier.Testing;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests.Flow;

/// <summary>The kernels against their plain readings.</summary>
public sealed class FlowKernelTests
{
    [Fact]
    public void Derivatives_OfAPolynomial_AreExactInside()
    {
        const int Height = 9, Width = 21;
        static double Value(double x, double y) => (0.01 * x * x * x) - (0.3 * x * y) + (0.02 * y * y * y) + (0.5 * y);
        Plane plane = NewPlane(Height, Width, (x, y) => (float)Value(x, y));
        Plane across = new(Height, Width), down = new(Height, Width);

        for (int y = 0; y < Height; y++)
            Derivatives.ComputeRow(plane, y, across, down);

        for (int y = 2; y < Height - 2; y++)
        {
            for (int x = 2; x < Width - 2; x++)
            {
                Assert.Equal((0.03 * x * x) - (0.3 * y), across.Inside(y)[x], 2e-5);
                Assert.Equal((-0.3 * x) + (0.06 * y * y) + 0.5, down.Inside(y)[x], 2e-5);
            }
        }

        // Beyond the border stands the border: 8 (f₁ − f₀) − (f₂ − f₀), over 12.
        double expected = ((8 * (Value(1, 4) - Value(0, 4))) - (Value(2, 4) - Value(0, 4))) / 12;
        Assert.Equal(expected, across.Inside(4)[0], 2e-5);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(31, 18)]
    [InlineData(64, 7)]
    [InlineData(101, 35)]
    public void Solve_BandByBand_IsAsTurnByTurn(int height, int width)
    {
        FlowEquations equations = new(height, width);
        Plane u = Noise(1, height, width), v = Noise(2, height, width);
        Fill(equations.XX, 3, value => 1 + (value * value));
        Fill(equations.YY, 4, value => 1 + (value * value));
        Fill(equations.XY, 5, value => 0.5f * value);
        Fill(equations.RightX, 6, value => value);
        Fill(equations.RightY, 7, value => value);
        Fill(equations.Stiffness, 8, value => 0.1f + (value * value));
        (double[] expectedX, double[] expectedY) = SolvePlainly(equations, u, v);

        using WorkerPool workers = new(2);
        equations.Solve(workers, u, v);

        Numbers.AssertClose(expectedX, Numbers.Doubles(u.ToArray()), 1e-5);
        Numbers.AssertClose(expectedY, Numbers.Doubles(v.ToArray()), 1e-5);
    }

    [Theory]
    [InlineData(1.25f, -0.5f)]
    [InlineData(-40f, 3.75f)]
    public void Compare_PatchAndPlace_IsTheirDifferenceWithoutMeans(float moveX, float moveY)
    {
        const int Height = 19, Width = 27, Left = 8, Top = 4, Side = PatchGrid.Side;
        using WorkerPool workers = new(1);
        LevelPicture from = new(Height, Width);
        from.Read(workers, Numbers.Uniform(1, Height * Width));
        Plane to = Noise(2, Height, Width);

        (float error, float slopeX, float slopeY) = new Patch(from, to, Left, Top).Compare(moveX, moveY);

        double[] differences = [.. Enumerable.Range(0, Side * Side).Select(i =>
        {
            (int y, int x) = (Top + (i / Side), Left + (i % Side));
            float there = new BilinearPoint(x + moveX, y + moveY, Height, Width, to.Stride).Sample(to.FromFirst);
            return (double)there - from.Gray.Inside(y)[x];
        })];
        double mean = differences.Average();
        double Slope(Plane slopes) => differences.Select((difference, i) =>
            (difference - mean) * slopes.Inside(Top + (i / Side))[Left + (i % Side)]).Sum();
        Assert.Equal(differences.Sum(difference => Math.Pow(difference - mean, 2)), error, 1e-3);
        Assert.Equal(Slope(from.Across), slopeX, 1e-3);
        Assert.Equal(Slope(from.Down), slopeY, 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(40)]
    public void Patches_OfAnySize_CoverThePicture(int size)
    {
        PatchGrid grid = new(size, size + 3);

        bool[] covered = new bool[size];
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int y = grid.Top(row); y < Math.Min(size, grid.Top(row) + PatchGrid.Side); y++)
                covered[y] = true;
        }

        Assert.DoesNotContain(false, covered);
        Assert.InRange(grid.Left(grid.Columns - 1), 0, Math.Max(0, size + 3 - PatchGrid.Side));
    }

    // Ten turns of every other pixel with relaxation 1.6; beyond the border stands the border.
    private static (double[] X, double[] Y) SolvePlainly(FlowEquations equations, Plane flowX, Plane flowY)
    {
        (int height, int width) = (flowX.Height, flowX.Width);
        double[] u = Numbers.Doubles(flowX.ToArray()), v = Numbers.Doubles(flowY.ToArray());
        for (int i = 0; i < 10 * height * width; i++)
        {
            (int turn, int place) = Math.DivRem(i, height * width);
            (int y, int x) = Math.DivRem(place, width);
            if (((x + y + turn) & 1) != 0)
            {
                continue;
            }

            (double sum, double aroundX, double aroundY) = (0, 0, 0);
            foreach ((int across, int down) in ((int, int)[])[(-1, 0), (1, 0), (0, -1), (0, 1)])
            {
                (int column, int row) = (Math.Clamp(x + across, 0, width - 1), Math.Clamp(y + down, 0, height - 1));
                double weight = equations.Stiffness.Inside(y)[x] + equations.Stiffness.Inside(row)[column];
                sum += weight;
                aroundX += weight * u[(row * width) + column];
                aroundY += weight * v[(row * width) + column];
            }

            double mixed = equations.XY.Inside(y)[x];
            double bestX = (equations.RightX.Inside(y)[x] + aroundX - (mixed * v[place])) /
                (equations.XX.Inside(y)[x] + sum);
            u[place] += 1.6 * (bestX - u[place]);
            double bestY = (equations.RightY.Inside(y)[x] + aroundY - (mixed * u[place])) /
                (equations.YY.Inside(y)[x] + sum);
            v[place] += 1.6 * (bestY - v[place]);
        }

        return (u, v);
    }

    private static void Fill(Plane plane, int seed, Func<float, float> function)
        => plane.Read(Array.ConvertAll(Numbers.Normal(seed, plane.Height * plane.Width), each => function(each)));

    private static Plane Noise(int seed, int height, int width)
    {
        Plane plane = new(height, width);
        Fill(plane, seed, value => value);
        return plane;
    }

    private static Plane NewPlane(int height, int width, Func<int, int, float> value)
    {
        Plane plane = new(height, width);
        plane.Read([.. Enumerable.Range(0, height * width).Select(i => value(i % width, i / width))]);
        return plane;
    }
}
