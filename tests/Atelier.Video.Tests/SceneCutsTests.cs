using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests;

/// <summary>Where scenes end, and what only looks like it.</summary>
public sealed class SceneCutsTests
{
    [Theory]
    [InlineData(1, 2), InlineData(2, 3), InlineData(3, 90), InlineData(90, 1)]
    public void DifferenceOf_OtherScenes_IsLarge(int before, int after)
        => Assert.InRange(
            Difference(MovingScene.Frames(before, 1)[0], MovingScene.Frames(after, 1)[0]),
            VideoOptions.Default.SceneCut + 0.05, 1);

    [Theory]
    [InlineData(0), InlineData(1.25), InlineData(4), InlineData(12)]
    public void DifferenceOf_Movement_IsSmall(double speed)
        => Assert.InRange(
            Difference(MovingScene.Frames(1, 2, speed)[0], MovingScene.Frames(1, 2, speed)[1]),
            0, VideoOptions.Default.SceneCut - 0.1);

    [Theory]
    [InlineData(1.6, 0), InlineData(1, 0.3), InlineData(0.3, 0)]
    public void DifferenceOf_Flash_IsSmall(double gain, double offset)
    {
        Picture[] frames = MovingScene.Frames(1, 2);
        Picture lit = PlanarPicture.From(frames[1])
            .Map(value => (float)Math.Clamp((gain * value) + offset, 0, 1)).ToPicture();

        Assert.InRange(Difference(frames[0], lit), 0, VideoOptions.Default.SceneCut - 0.1);
        Assert.InRange(Difference(lit, frames[0]), 0, VideoOptions.Default.SceneCut - 0.1);
    }

    [Fact]
    public void DifferenceOf_FlatFrames_IsThatOfTheirColors()
    {
        Assert.Equal(0, Difference(Flat(0.5f, 0.4f), Flat(0.3f, 0.24f)));
        Assert.InRange(Difference(new Picture(40, 30), new Picture(40, 30)), 0, 1e-9);
    }

    private static Picture Flat(float red, float green)
    {
        Picture picture = new(40, 30);
        Array.Fill(picture.Red, red);
        Array.Fill(picture.Green, green);
        return picture;
    }

    private static double Difference(Picture before, Picture after)
    {
        using WorkerPool workers = new(2);
        (PlanarPicture earlier, PlanarPicture later) = (PlanarPicture.From(before), PlanarPicture.From(after));
        return SceneCuts.DifferenceOf(
            earlier, later, FrameMotion.Between(new OpticalFlow(workers), later, earlier));
    }
}
