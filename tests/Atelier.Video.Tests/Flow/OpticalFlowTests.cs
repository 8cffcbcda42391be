using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Testing;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests.Flow;

public sealed class OpticalFlowTests
{
    private const double Tolerance = 0.2;
    private const double SquareRight = 6.5, SquareDown = -4;

    [Theory]
    [InlineData(0.4, -0.3)]
    [InlineData(-2.6, 1.7)]
    [InlineData(-7.25, 4.5)]
    [InlineData(17.5, -9.25)]
    public void Between_MovedPicture_FindsTheShift(double right, double down)
    {
        (PlanarPicture first, PlanarPicture second) = Scene.Of((x, y) => (x - right, y - down));

        FlowField flow = Between(first, second);

        Assert.InRange(Scene.Error(flow, (x, y) => (x + right, y + down)), 0, Tolerance / 4);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(0, 1.06)]
    [InlineData(-3, 0.93)]
    public void Between_TurnedAndZoomedPicture_FindsTheMotion(double degrees, double zoom)
    {
        Scene.Motion motion = Turn(degrees, zoom), back = Turn(-degrees, 1 / zoom);
        (PlanarPicture first, PlanarPicture second) = Scene.Of(back);

        FlowField flow = Between(first, second);

        Assert.InRange(Scene.Error(flow, motion), 0, Tolerance / 2);
    }

    [Fact]
    public void Between_SquareThatMovesOverAMovingGround_FindsBothMotions()
    {
        (PlanarPicture first, PlanarPicture second) = MovingSquare();

        FlowField flow = Between(first, second);

        static (double X, double Y) Motion(double x, double y)
            => IsSquare(x, y) ? (x + SquareRight, y + SquareDown) : (x - 1.5, y + 0.5);
        Assert.InRange(Scene.Error(flow, Motion, (x, y) => !IsHidden(x, y)), 0, Tolerance);
        Assert.InRange(Scene.Error(flow, Motion, (x, y) => x is >= 48 and < 68 && y is >= 33 and < 49), 0, Tolerance);
    }

    [Fact]
    public void Reliability_SquareThatMovesOverAMovingGround_DropsWhatItHides()
    {
        (PlanarPicture first, PlanarPicture second) = MovingSquare();

        Mask mask = FlowReliability.Compute(Between(first, second), Between(second, first));

        float[] hidden = [.. mask.Values.Where((_, i) => IsHidden(i % Scene.Width, i / Scene.Width))];
        Assert.NotEmpty(hidden);
        Assert.InRange(hidden.Average(), 0, 0.1);
        Assert.InRange(mask.Values.Average(), 0.75, 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(7, 2)]
    [InlineData(8, 8)]
    [InlineData(9, 33)]
    [InlineData(61, 17)]
    public void Between_PictureAndItself_DoesNotMove(int height, int width)
    {
        PlanarPicture picture = Numbers.Planes(5, height, width);

        FlowField flow = Between(picture, picture);

        Assert.Equal((height, width), (flow.Height, flow.Width));
        Assert.All(flow.X.Concat(flow.Y), value => Assert.InRange(value, -1e-4f, 1e-4f));
        Assert.Equal((height * width, height * width), (flow.X.Length, flow.Y.Length));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 40)]
    [InlineData(23, 9)]
    public void Between_PicturesOfNoise_StaysFinite(int height, int width)
    {
        FlowField flow = Between(Numbers.Planes(5, height, width), Numbers.Planes(6, height, width));

        Assert.All(flow.X, value => Assert.InRange(value, -2 * width - 20f, 2 * width + 20f));
        Assert.All(flow.Y, value => Assert.InRange(value, -2 * height - 20f, 2 * height + 20f));
    }

    [Theory]
    [InlineData(0.25f, 0.25f)]
    [InlineData(0, 1)]
    public void Between_FlatPictures_IsZero(float first, float second)
    {
        FlowField flow = Between(Flat(first), Flat(second));

        Assert.All(flow.X.Concat(flow.Y), value => Assert.InRange(value, -1e-4f, 1e-4f));
    }

    [Fact]
    public void Between_MoreThreads_GivesTheSameBits()
    {
        (PlanarPicture first, PlanarPicture second) = MovingSquare();

        FlowField one = Between(first, second, threads: 1), three = Between(first, second, threads: 3);

        Assert.Equal(one.X, three.X);
        Assert.Equal(one.Y, three.Y);
    }

    [Fact]
    public void Between_AfterPicturesOfOtherSizes_GivesTheSameBits()
    {
        (PlanarPicture first, PlanarPicture second) = MovingSquare();
        using WorkerPool workers = new(2);
        OpticalFlow used = new(workers);
        used.Between(second, first);
        used.Between(Numbers.Planes(1, 21, 34), Numbers.Planes(2, 21, 34));

        FlowField once = used.Between(first, second), again = used.Between(first, second);

        FlowField expected = new OpticalFlow(workers).Between(first, second);
        Assert.Equal(expected.X, once.X);
        Assert.Equal(expected.Y, again.Y);
    }

    [Fact]
    public void Between_DifferentSizes_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Between(Flat(0), Numbers.Planes(1, 4, 4)));

    private static (PlanarPicture First, PlanarPicture Second) MovingSquare() => (
        Scene.Render((x, y) => IsSquare(x, y) ? Scene.Texture(x + 500, y + 300) : Scene.Texture(x, y)),
        Scene.Render((x, y) => IsSquare(x - SquareRight, y - SquareDown)
            ? Scene.Texture(x - SquareRight + 500, y - SquareDown + 300)
            : Scene.Texture(x + 1.5, y - 0.5)));

    private static bool IsSquare(double x, double y) => x is >= 40 and < 76 && y is >= 25 and < 57;

    // The ground that the square has moved over.
    private static bool IsHidden(int x, int y)
        => !IsSquare(x, y) && IsSquare(x - 1.5 - SquareRight, y + 0.5 - SquareDown);

    private static Scene.Motion Turn(double degrees, double zoom)
    {
        double angle = degrees * Math.PI / 180, cosine = zoom * Math.Cos(angle), sine = zoom * Math.Sin(angle);
        double middleX = Scene.Width / 2.0, middleY = Scene.Height / 2.0;
        return (x, y) => (
            middleX + (cosine * (x - middleX)) - (sine * (y - middleY)),
            middleY + (sine * (x - middleX)) + (cosine * (y - middleY)));
    }

    private static PlanarPicture Flat(float gray) => Scene.Render((_, _) => 0).Map(_ => gray);

    private static FlowField Between(PlanarPicture from, PlanarPicture to, int threads = 2)
    {
        using WorkerPool workers = new(threads);
        return new OpticalFlow(workers).Between(from, to);
    }
}
