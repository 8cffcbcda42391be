using System.Globalization;
using Atelier.Engine;

namespace Atelier.Tests.Engine;

public sealed class EngineInfoTests
{
    [Fact]
    public void Current_VectorBits_AreThoseThatTheSwitchesLeave()
    {
        string? expected = Environment.GetEnvironmentVariable(VectorTierTests.ExpectedBitsVariable);
        int bits = EngineInfo.Current.VectorBits;
        Assert.Contains(bits, new[] { 0, 128, 256, 512 });
        Assert.Equal(expected is null ? bits : int.Parse(expected, CultureInfo.InvariantCulture), bits);
    }

    [Fact]
    public void Create_NothingAsked_TakesTheWidestVectors()
    {
        using IEngine engine = CpuEngine.Create(), widest = Widths.NewEngine(Widths.Available[0]);
        Assert.Equal(widest.GetType(), engine.GetType());
    }
}
