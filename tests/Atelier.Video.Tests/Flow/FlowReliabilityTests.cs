using Atelier.Imaging;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests.Flow;

public sealed class FlowReliabilityTests
{
    private const int Height = 15, Width = 23;

    [Fact]
    public void Of_ThereAndBackAgain_IsReliableInsideThePicture()
    {
        Mask mask = FlowReliability.Compute(Constant(2, -1), Constant(-2, 1));

        // Columns 21 and 22 and row 0 lead out; the smoothing reaches three pixels farther.
        Assert.Equal((Height, Width), (mask.Height, mask.Width));
        Assert.All(Places(x => x <= 17, y => y >= 4), place => Assert.Equal(1, place.Of(mask), 1e-6f));
        Assert.All(Places(x => true, y => y == 0), place => Assert.InRange(place.Of(mask), 0, 0.5f));
        Assert.InRange(mask.Values[(7 * Width) + 22], 0, 0.05f);
    }

    [Theory]
    [InlineData(0.9f, false)]
    [InlineData(0.6f, true)]
    public void Of_LandsBesideTheStart_IsReliableWithinTheSlack(float beside, bool isReliable)
    {
        // |there + back|² = beside², against 0.01 (1 + (1 − beside)²) + 0.5: the root is about 0.71.
        Mask mask = FlowReliability.Compute(Constant(1, 0), Constant(beside - 1, 0));

        Assert.All(Places(x => x <= 17, _ => true), place => Assert.Equal(isReliable ? 1 : 0, place.Of(mask), 1e-6f));
    }

    [Theory]
    [InlineData(0.1f, false)]
    [InlineData(0.08f, true)]
    public void Of_FlowThatChanges_IsReliableWhileItChangesSlowly(float change, bool isReliable)
    {
        // A central difference over a step of the flow is half of it: (change / 2)² against 0.002, for a flow near 0.
        FlowField backward = Constant(0, 0);
        for (int i = 0; i < backward.X.Length; i++)
            backward.X[i] = i % Width < 10 ? 0 : change;

        Mask mask = FlowReliability.Compute(backward, Constant(0, 0));

        Assert.Equal(isReliable, mask.Values[(7 * Width) + 9] > 0.999f);
        Assert.Equal(isReliable, mask.Values[(7 * Width) + 10] > 0.999f);
        Assert.Equal(1, mask.Values[(7 * Width) + 2], 1e-6f);
    }

    [Fact]
    public void Of_FastFlow_MayChangeFaster()
    {
        FlowField backward = Constant(0, 3);
        for (int i = 0; i < backward.X.Length; i++)
            backward.X[i] = i % Width < 10 ? 0 : 0.5f;

        // (0.5 / 2)² = 0.0625 is less than 0.01 · 9 + 0.002.
        Mask mask = FlowReliability.Compute(backward, Constant(0, -3));

        Assert.Equal(1, mask.Values[(5 * Width) + 9], 1e-6f);
    }

    [Fact]
    public void Of_OnePixelThatCameIntoView_DarkensItsSurroundings()
    {
        FlowField forward = Constant(0, 0);
        int middle = (7 * Width) + 11;
        forward.X[middle] = 5;

        Mask mask = FlowReliability.Compute(Constant(0, 0), forward);

        // −1 among ones: 1 − 2 g, where g is the share of the Gaussian of deviation 0.8 there.
        double Gaussian(int offset) => Math.Exp(-0.5 * offset * offset / 0.64);
        double total = Enumerable.Range(-3, 7).Sum(Gaussian);
        double Share(int x, int y) => Gaussian(x) * Gaussian(y) / (total * total);
        Assert.Equal(1 - (2 * Share(0, 0)), mask.Values[middle], 1e-6);
        Assert.Equal(1 - (2 * Share(1, 0)), mask.Values[middle + 1], 1e-6);
        Assert.Equal(1 - (2 * Share(2, 1)), mask.Values[middle - 2 + Width], 1e-6);
        Assert.Equal(1, mask.Values[middle + 4], 1e-6f);
    }

    [Fact]
    public void Of_FlowOfOtherSize_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>(
            () => FlowReliability.Compute(Constant(0, 0), new FlowField(2, 1, [0, 0], [0, 0])));

    private static FlowField Constant(float x, float y) => new(
        Height, Width,
        [.. Enumerable.Repeat(x, Height * Width)], [.. Enumerable.Repeat(y, Height * Width)]);

    private static IEnumerable<Place> Places(Func<int, bool> hasColumn, Func<int, bool> hasRow)
        => Enumerable.Range(0, Height * Width).Select(i => new Place(i))
            .Where(place => hasColumn(place.Index % Width) && hasRow(place.Index / Width));

    private readonly record struct Place(int Index)
    {
        internal float Of(Mask mask) => mask.Values[Index];
    }
}
