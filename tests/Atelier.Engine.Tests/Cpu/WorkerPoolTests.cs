using Atelier.Engine.Cpu;

namespace Atelier.Engine.Tests.Cpu;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(7), InlineData(33)]
    public void Run_AnyNumberOfParts_DoesEachOnce(int threads)
    {
        using WorkerPool pool = new(threads);
        Assert.Equal(threads, pool.Threads);
        foreach (int count in (int[])[0, 1, 2, 3, threads, 1000])
        {
            int[] done = new int[count];
            pool.Run(count, part => Interlocked.Increment(ref done[part]));
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void Run_TenThousandTimes_NoPartIsLostOrDoneLate()
    {
        using WorkerPool pool = new(4);
        int[] done = new int[5];
        for (int run = 1; run <= 10_000; run++)
        {
            pool.Run(done.Length, part => Interlocked.Increment(ref done[part]));
            Assert.Equal(5 * run, done.Sum());
        }
    }

    [Fact]
    public void Run_WhileOthersFallAsleepOrWakeUp_NoPartIsLostOrDoneTwice()
    {
        using WorkerPool pool = new(4);
        int[] done = new int[3];
        for (int run = 1; run <= 200; run++)
        {
            // Pauses around the time after which workers fall asleep.
            Thread.SpinWait(run * 40);
            pool.Run(done.Length, part => Interlocked.Increment(ref done[part]));
            Assert.All(done, times => Assert.Equal(run, times));
        }
    }

    [Fact]
    public void Run_SeveralThreads_ShareTheParts()
    {
        using WorkerPool pool = new(3);
        using Barrier barrier = new(3);

        // Each part waits for the two others, so one thread alone would never end.
        bool[] met = new bool[3];
        pool.Run(3, part => met[part] = barrier.SignalAndWait(TimeSpan.FromSeconds(30)));

        Assert.Equal([true, true, true], met);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5)]
    public void Run_PartThrows_ExceptionSurfacesAndThePoolGoesOn(int threads)
    {
        using WorkerPool pool = new(threads);
        for (int round = 0; round < 50; round++)
        {
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => pool.Run(20, part =>
            {
                if (part == 13)
                {
                    throw new InvalidOperationException("outer", new FormatException("inner"));
                }
            }));
            Assert.IsType<FormatException>(error.InnerException);
            Assert.Contains(
                nameof(Run_PartThrows_ExceptionSurfacesAndThePoolGoesOn), error.StackTrace, StringComparison.Ordinal);

            int done = 0;
            pool.Run(20, _ => Interlocked.Increment(ref done));
            Assert.Equal(20, done);
        }
    }

    [Fact]
    public void Run_EveryPartThrows_OneExceptionSurfaces()
    {
        using WorkerPool pool = new(3);
        Assert.Throws<FormatException>(() => pool.Run(100, _ => throw new FormatException()));
    }

    [Fact]
    public void Dispose_Twice_EndsTheThreads()
    {
        WorkerPool pool = new(6);
        pool.Run(3, _ => { });
        pool.Dispose();
        pool.Dispose();
        new WorkerPool(2).Dispose();
    }

    [Theory]
    [InlineData(-1), InlineData(1025)]
    public void Create_ImpossibleNumberOfThreads_Throws(int threads)
        => Assert.Throws<ArgumentOutOfRangeException>(() => CpuEngine.Create(new EngineOptions { Threads = threads }));
}
