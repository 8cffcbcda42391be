using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Inspection;
using Atelier.Layers;
using Atelier.Networks;

namespace Atelier.Tests.Inspection;

public sealed class ReceptiveFieldTests
{
    // For block b with stride s = 2^(b−1), pools add s/2 each and every convolution 2·s: a closed form for VGGs.
    [Theory]
    [InlineData("relu1_1", 3, 1, -1), InlineData("relu1_2", 5, 1, -2), InlineData("pool1", 6, 2, -2)]
    [InlineData("relu2_1", 10, 2, -4), InlineData("relu2_2", 14, 2, -6), InlineData("pool2", 16, 4, -6)]
    [InlineData("relu3_1", 24, 4, -10), InlineData("relu3_2", 32, 4, -14), InlineData("relu3_3", 40, 4, -18)]
    [InlineData("relu3_4", 48, 4, -22), InlineData("pool3", 52, 8, -22)]
    [InlineData("relu4_1", 68, 8, -30), InlineData("relu4_2", 84, 8, -38), InlineData("relu4_3", 100, 8, -46)]
    [InlineData("relu4_4", 116, 8, -54), InlineData("pool4", 124, 16, -54)]
    [InlineData("relu5_1", 156, 16, -70), InlineData("relu5_2", 188, 16, -86), InlineData("relu5_3", 220, 16, -102)]
    [InlineData("relu5_4", 252, 16, -118)]
    public void Of_Vgg19_EveryLayerHasTheKnownSizeStrideAndPlace(string layer, int size, int stride, int first)
    {
        ReceptiveField field =
            ReceptiveField.FromNetwork(NetworkDefinition.Vgg19).Single(field => field.Layer == layer);

        Assert.Equal((size, stride, first), (field.Size, field.Stride, field.First));

        // Padding of one pixel on each side keeps every middle where a pool of the picture would have it.
        Assert.Equal((stride - 1) / 2.0, field.Center);
    }

    [Fact]
    public void Of_Vgg19_NamesEveryLayerOnce()
        => Assert.Equal(
            NetworkDefinition.Vgg19.LayerNames,
            ReceptiveField.FromNetwork(NetworkDefinition.Vgg19).Select(field => field.Layer));

    [Theory]
    [InlineData(16), InlineData(37), InlineData(95), InlineData(300)]
    public void Pixels_EveryPosition_AreThoseThatTheLayersAskFor(int length)
    {
        using IEngine engine = CpuEngine.Create();
        using Network network = Network.Load("compact", Pooling.Max, engine);
        ImmutableArray<Layer> layers = network.FirstLayers(network.Definition.LayerNames.Length);
        foreach ((int depth, ReceptiveField field) in ReceptiveField.FromNetwork(network.Definition).Index())
        {
            int[] lengths = new int[depth + 2];
            lengths[0] = length;
            for (int i = 0; i <= depth; i++)
                lengths[i + 1] = layers[i].OutputShape(new Shape(lengths[i], 16, 16)).Height;
            Assert.Equal(lengths[^1], field.Positions(length));
            for (int position = 0; position < field.Positions(length); position++)
            {
                Rows rows = new(position, position + 1);
                for (int i = depth; i >= 0; i--)
                    rows = layers[i].InputRows(rows, lengths[i]);
                Assert.Equal((rows.First, rows.End), field.Pixels(position, length));
            }
        }
    }

    [Fact]
    public void Pixels_FarFromTheEdges_AreTheWholeField()
    {
        foreach (ReceptiveField field in ReceptiveField.FromNetwork(NetworkDefinition.Vgg19))
        {
            int position = field.PositionNear(501, 1001), start = field.First + (position * field.Stride);
            Assert.Equal((start, start + field.Size), field.Pixels(position, 1001));
            Assert.InRange(Math.Abs(field.Center + (position * field.Stride) - 501), 0, field.Stride / 2.0);
        }
    }

    [Theory]
    [InlineData(0, 0), InlineData(3, 0), InlineData(12, 1), InlineData(94, 10)]
    public void PositionNear_APixel_IsInsideTheMap(int pixel, int expected)
        => Assert.Equal(expected, Relu41.PositionNear(pixel, 95));

    [Fact]
    public void Pixels_NoSuchPosition_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Relu41.Pixels(11, 95));
        Assert.Throws<ArgumentOutOfRangeException>(() => Relu41.PositionNear(3, 7));
    }

    private static ReceptiveField Relu41
        => ReceptiveField.FromNetwork(NetworkDefinition.Vgg19).Single(each => each.Layer == "relu4_1");
}
