using Atelier.Engine.Cpu;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>Banks and maps of neighbors: what they hold, how much memory they take, and which are refused.</summary>
public sealed class NeighborHandleTests : IDisposable
{
    private static readonly NeighborCase Case = new(new Shape(5, 7, 24), count: 65);

    private readonly IEngine _engine = CpuEngine.Create();
    private readonly NeighborScene _scene;

    public NeighborHandleTests() => _scene = new NeighborScene(_engine, Case);

    [Fact]
    public void ReadAndWrite_Indices_AreInRowMajorOrder()
    {
        int[] indices = [.. Enumerable.Range(100, 35)], found = new int[35];

        _engine.Read(_scene.Neighbors, found);
        Assert.All(found, index => Assert.Equal(0, index));
        _engine.Write(indices, _scene.Neighbors);
        _engine.Read(_scene.Neighbors, found);

        Assert.Equal(indices, found);
        Assert.Equal((5, 7), (_scene.Neighbors.Height, _scene.Neighbors.Width));
    }

    [Fact]
    public void ReadAndWrite_WrongLength_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.Read(_scene.Neighbors, new int[34]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.Read(_scene.Neighbors, new int[36]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.Write(new int[34], _scene.Neighbors));
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.Write(new int[36], _scene.Neighbors));
    }

    [Fact]
    public void CreateBank_PartsOfVectors_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.CreateBank(24, new float[25]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.CreateBank(24, new float[23]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.CreateBank(24, []));
        Assert.Equal((24, 65), (_scene.Bank.Channels, _scene.Bank.Count));
    }

    [Fact]
    public void Bytes_MoreVectorsOrPositions_AreNoFewerThanTheirNumbers()
    {
        Assert.InRange(_engine.BytesOfBank(24, 65), 24 * 65 * sizeof(float), 4 * 32 * 128 * sizeof(float));
        Assert.True(_engine.BytesOfBank(24, 650) > _engine.BytesOfBank(24, 65));
        Assert.InRange(_engine.BytesOfNeighbors(5, 7), 35 * sizeof(int), 2 * 35 * sizeof(int));
    }

    [Fact]
    public void AllOperations_HandlesOfAnotherEngine_AreRefused()
    {
        using ForeignBank bank = new(24, 65);
        using ForeignNeighbors neighbors = new(5, 7);
        using ForeignMap map = new(Case.Size);
        using ForeignWeights weights = new(5, 7);
        CenteredFeatures foreign = new(map, Case.Mean), own = _scene.Centered;

        Refuses<ArgumentException>(own, bank, _scene.Neighbors);
        Refuses<ArgumentException>(own, _scene.Bank, neighbors);
        Refuses<ArgumentException>(foreign, _scene.Bank, _scene.Neighbors);
        Assert.Throws<ArgumentException>(() => Find(own, _scene.Bank, _scene.Neighbors, foreign));
        Assert.Throws<ArgumentException>(
            () => _engine.NeighborDistance(own, _scene.Bank, _scene.Neighbors, _scene.All, weights));
        Assert.Throws<ArgumentException>(() => _engine.Read(neighbors, new int[35]));
        Assert.Throws<ArgumentException>(() => _engine.Write(new int[35], neighbors));
        AssertStillWorks();
    }

    [Fact]
    public void AllOperations_SizesThatDoNotMatch_AreRefused()
    {
        using FeatureBank bank = _engine.CreateBank(23, NeighborCase.UnitVectors(1, 65, 23));
        using NeighborMap neighbors = _engine.CreateNeighbors(7, 5);
        using GuardedMap guide = new(_engine, new Shape(7, 5, 24));
        using PositionWeights weights = _engine.CreatePositionWeights(7, 5, new float[35]);
        CenteredFeatures own = _scene.Centered, shortMean = own with { Mean = new float[23] };

        Refuses<ArgumentException>(own, bank, _scene.Neighbors);
        Refuses<ArgumentException>(own, _scene.Bank, neighbors);
        Refuses<ArgumentOutOfRangeException>(shortMean, _scene.Bank, _scene.Neighbors);
        Assert.Throws<ArgumentException>(
            () => Find(own, _scene.Bank, _scene.Neighbors, new CenteredFeatures(guide.Map, Case.Mean)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Find(own, _scene.Bank, _scene.Neighbors, shortMean));
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.FindNeighbors(
            own, null, _scene.Bank, new float[64], _scene.Neighbors, _scene.All));
        Assert.Throws<ArgumentException>(
            () => _engine.NeighborDistance(own, _scene.Bank, _scene.Neighbors, _scene.All, weights));
        AssertStillWorks();
    }

    public void Dispose()
    {
        _scene.Dispose();
        _engine.Dispose();
    }

    private void Find(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, CenteredFeatures? guide = null)
        => _engine.FindNeighbors(
            features, guide is null ? null : new NeighborGuide(guide.Value, 0.5f), bank, new float[65], neighbors,
            _scene.All);

    /// <summary>None of the operations takes these.</summary>
    private void Refuses<TException>(CenteredFeatures features, FeatureBank bank, NeighborMap neighbors)
        where TException : Exception
    {
        using GuardedMap gradient = new(_engine, Case.Size);
        Assert.Throws<TException>(() => Find(features, bank, neighbors));
        Assert.Throws<TException>(() => _engine.NeighborDistance(features, bank, neighbors, _scene.All));
        Assert.Throws<TException>(
            () => _engine.AddNeighborGradient(features, bank, neighbors, 1, gradient.Map, _scene.All));
    }

    /// <summary>A refusal ends the operation that it refuses.</summary>
    private void AssertStillWorks()
        => Assert.True(double.IsFinite(
            _engine.NeighborDistance(_scene.Centered, _scene.Bank, _scene.Neighbors, _scene.All)));

    private sealed class ForeignBank(int channels, int count) : FeatureBank(channels, count)
    {
        public override void Dispose() { }
    }

    private sealed class ForeignNeighbors(int height, int width) : NeighborMap(height, width)
    {
        public override void Dispose() { }
    }

    private sealed class ForeignMap(Shape shape) : FeatureMap(shape)
    {
        public override void Dispose() { }
    }

    private sealed class ForeignWeights(int height, int width) : PositionWeights(height, width)
    {
        public override float this[int row, int column] => 1;

        public override double Sum(Rows rows) => rows.Count * Width;

        public override void Dispose() { }
    }
}
