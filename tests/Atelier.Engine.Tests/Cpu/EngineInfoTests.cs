using Atelier.Engine.Cpu;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

public sealed class EngineInfoTests : VectorWidthTests
{
    [Fact]
    public void Create_NothingAsked_TakesTheWidestVectors()
    {
        using IEngine engine = CpuEngine.Create(), widest = Widths.NewEngine(Widths.Available[0]);
        Assert.Equal(widest.GetType(), engine.GetType());
        Assert.Equal(widest.Fingerprint, engine.Fingerprint);
    }

    [Fact]
    public void Fingerprint_OfEachWidth_IsAnother()
    {
        string[] fingerprints = [.. Widths.Available.Select(bits =>
        {
            using IEngine engine = Widths.NewEngine(bits);
            return engine.Fingerprint;
        })];

        Assert.Equal(fingerprints, fingerprints.Distinct());
    }
}
