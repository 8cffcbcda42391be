using System.Globalization;
using Atelier.Engine.Cpu;

namespace Atelier.Testing;

/// <summary>Tells that a process which was started to test a width of vectors has that width.</summary>
public abstract class VectorWidthTests
{
    [Fact]
    public void Current_VectorBits_AreThoseThatTheSwitchesLeave()
    {
        string? expected = Environment.GetEnvironmentVariable(VectorTierTests.ExpectedBitsVariable);
        int bits = EngineInfo.Current.VectorBits;
        Assert.Contains(bits, new[] { 0, 128, 256, 512 });
        Assert.Equal(expected is null ? bits : int.Parse(expected, CultureInfo.InvariantCulture), bits);
    }
}
