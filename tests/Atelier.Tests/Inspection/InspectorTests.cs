using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Inspection;

public sealed class InspectorTests : IDisposable
{
    private static readonly string Narrow = Fixture.PathOf("reference", "narrow_vgg19.safetensors");

    private readonly Inspector _compact = new("compact");

    public void Dispose() => _compact.Dispose();

    [Theory]
    [InlineData(Pooling.Max, "features_max"), InlineData(Pooling.Average, "features_avg")]
    public void Features_ReferencePicture_AreThoseOfPyTorch(Pooling pooling, string reference)
    {
        WeightStore expected = Fixture.Reference(reference);
        using Inspector inspector = new(Narrow, pooling);

        ImmutableArray<LayerFeatures> features = inspector.Features(expected.Picture("image"), LayerSelection.All);

        Assert.Equal(inspector.Definition.ReluNames, features.Select(layer => layer.Layer));
        foreach (LayerFeatures layer in features)
        {
            Assert.Equal([layer.Channels, layer.Height, layer.Width], expected.Tensors[layer.Layer].Shape);
            Numbers.AssertClose(
                Numbers.Doubles(expected.Tensors[layer.Layer].Values), Numbers.Doubles(layer.Values), 1e-4);
        }
    }

    [Fact]
    public void Features_LargePicture_AreTheSameInBands()
    {
        // Tall enough for bands: the top of it must not depend on how far down the picture goes.
        Picture tall = Numbers.Picture(3, 700, 40);
        PlanarPicture planes = PlanarPicture.From(tall);
        Picture top = new(40, 63, planes.Plane(0)[..2520].ToArray(), planes.Plane(1)[..2520].ToArray(),
            planes.Plane(2)[..2520].ToArray());

        LayerFeatures whole = Features(tall, "relu2_1"), part = Features(top, "relu2_1");

        for (int channel = 0; channel < whole.Channels; channel++)
        {
            Numbers.AssertClose(
                Numbers.Doubles(whole.Map(channel)[..(25 * 20)].ToArray()),
                Numbers.Doubles(part.Map(channel)[..(25 * 20)].ToArray()), 1e-4);
        }
    }

    [Fact]
    public void StrongestFirst_OfFeatures_FallsFromTheLargestRootMeanSquare()
    {
        LayerFeatures features = Features(Numbers.Picture(5, 37, 51), "relu3_1");
        double[] strengths = [.. Enumerable.Range(0, features.Channels).Select(channel =>
            Math.Sqrt(features.Map(channel).ToArray().Average(value => (double)value * value)))];

        ImmutableArray<int> order = features.StrongestFirst;

        Numbers.AssertClose(strengths, [.. features.Strengths], 1e-12);
        Assert.Equal(Enumerable.Range(0, 64), order.Order());
        Assert.Equal(strengths.Max(), strengths[order[0]], 1e-9);
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(strengths[pair.First] >= strengths[pair.Second]));
    }

    [Fact]
    public void Grams_OfAPicture_AreProductsOfItsFeatures()
    {
        Picture picture = Numbers.Picture(6, 45, 38);
        LayerFeatures features = Features(picture, "relu2_2");
        GramMatrix gram = _compact.Grams(picture, LayerSelection.Parse("relu2_2"))[0];

        double[] expected = new double[gram.Channels * gram.Channels];
        for (int i = 0; i < expected.Length; i++)
        {
            float[] row = features.Map(i / gram.Channels).ToArray(), column = features.Map(i % gram.Channels).ToArray();
            expected[i] = row.Zip(column, (a, b) => (double)a * b).Average();
        }

        Numbers.AssertClose(expected, gram.Values, 1e-5);
        Assert.Equal(features.StrongestFirst, gram.StrongestFirst);
    }

    [Fact]
    public void Minus_TwoPictures_HasTheStyleLossOfTheObjective()
    {
        Picture first = Numbers.Picture(7, 33, 47), second = Numbers.Picture(8, 41, 29);
        LayerSelection layer = LayerSelection.Parse("relu3_1");
        StylizeOptions options = StylizeOptions.Version1 with
        {
            StyleLayers = layer,
            StyleLoss = StyleLossKind.Gram,
            StyleWeight = 1,
            ContentWeight = 0,
            TvWeight = 0,
        };
        using Stylizer stylizer = new();

        GramMatrix difference = _compact.Grams(first, layer)[0].Minus(_compact.Grams(second, layer)[0]);

        double loss = stylizer.Evaluate(first, null, [second], options).Loss;
        Assert.Equal(loss, difference.StyleLoss, 1e-4 * loss);
        Assert.Throws<ArgumentException>(
            () => difference.Minus(_compact.Grams(first, LayerSelection.Parse("relu1_1"))[0]));
    }

    [Theory]
    [InlineData("relu1_2", 60, 50), InlineData("relu3_1", 0, 3), InlineData("relu4_1", 118, 60)]
    public void EffectiveFields_OfAPixel_AreTheGradientOfItsPositionsChannels(string layer, int x, int y)
    {
        Picture picture = Numbers.Picture(9, 101, 119);

        EffectiveReceptiveField field = EffectiveReceptiveField(picture, layer, x, y);

        (int left, int right) = field.Columns;
        (int top, int bottom) = field.Rows;
        Assert.True(right - left < picture.Width && bottom - top < picture.Height);
        Assert.Contains(field.Strengths, strength => strength > 0);
        for (int i = 0; i < field.Strengths.Length; i++)
        {
            bool inside = i % 119 >= left && i % 119 < right && i / 119 >= top && i / 119 < bottom;
            Assert.True(field.Strengths[i] >= 0 && (inside || field.Strengths[i] == 0));
        }

        // Every side of the field is reached, and a step along the picture's red changes the sum as foretold.
        Assert.Contains(Enumerable.Range(top, bottom - top), row => field.Strengths[(row * 119) + left] > 0);
        Assert.Contains(Enumerable.Range(top, bottom - top), row => field.Strengths[(row * 119) + right - 1] > 0);
        Assert.Contains(Enumerable.Range(left, right - left), column => field.Strengths[(top * 119) + column] > 0);
        Assert.Contains(
            Enumerable.Range(left, right - left), column => field.Strengths[((bottom - 1) * 119) + column] > 0);
        double before = SumAt(picture, field);
        Assert.Equal(before, SumAt(Changed(picture, i => !IsInside(field, i)), field), 1e-4 * before);
        Assert.NotEqual(before, SumAt(Changed(picture, i => IsInside(field, i)), field), 1e-2 * before);
    }

    [Fact]
    public void EffectiveFields_StrengthOfAPixel_IsTheSlopeOfTheSum()
    {
        Picture picture = Numbers.Picture(10, 40, 33);
        EffectiveReceptiveField field = EffectiveReceptiveField(picture, "relu2_1", 16, 20);
        int strongest = Array.IndexOf(field.Strengths, field.Strengths.Max());
        double squares = 0;
        foreach (int plane in (int[])[0, 1, 2])
        {
            const float Step = 1e-3f;
            float[] values = [.. PlanarPicture.From(picture).Values];
            values[(plane * 40 * 33) + strongest] += Step;
            double above = SumAt(new PlanarPicture(40, 33, values).ToPicture(), field);
            values[(plane * 40 * 33) + strongest] -= 2 * Step;
            double below = SumAt(new PlanarPicture(40, 33, values).ToPicture(), field);
            squares += Math.Pow((above - below) / (2 * Step), 2);
        }

        Assert.Equal(Math.Sqrt(squares), field.Strengths[strongest], 0.02 * field.Strengths[strongest]);
    }

    [Fact]
    public void SideHolding_AllAndLess_IsTheFieldAndLess()
    {
        EffectiveReceptiveField field = EffectiveReceptiveField(Numbers.Picture(11, 200, 210), "relu4_1", 100, 100);

        Assert.Equal(field.Field.Size, field.SideHolding(1));
        Assert.InRange(field.SideHolding(0.95), 2, field.Field.Size - 1);
        Assert.True(field.SideHolding(0.5) < field.SideHolding(0.95));
        Assert.Equal(0, (field with { Strengths = new float[200 * 210] }).SideHolding(0.95));
    }

    [Fact]
    public void Inspector_WhatCannotBe_IsRefused()
    {
        Picture picture = Numbers.Picture(12, 20, 30);
        Assert.Throws<OptionsException>(() => Features(picture, "relu9_9"));
        Assert.Throws<OptionsException>(() => Features(Numbers.Picture(12, 9, 30), "relu5_1"));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveReceptiveField(picture, "relu1_1", 30, 0));
        Assert.Throws<AtelierException>(() => new Inspector("nowhere"));
    }

    private LayerFeatures Features(Picture picture, string layer)
        => _compact.Features(picture, LayerSelection.Parse(layer))[0];

    private EffectiveReceptiveField EffectiveReceptiveField(Picture picture, string layer, int x, int y)
        => _compact.EffectiveReceptiveFields(picture, LayerSelection.Parse(layer), x, y)[0];

    /// <summary>The sum of the channels at a field's position.</summary>
    private double SumAt(Picture picture, EffectiveReceptiveField field)
    {
        LayerFeatures features = Features(picture, field.Field.Layer);
        return Enumerable.Range(0, features.Channels)
            .Sum(channel => (double)features.Map(channel)[(field.Row * features.Width) + field.Column]);
    }

    private static bool IsInside(EffectiveReceptiveField field, int pixel)
    {
        (int row, int column) = Math.DivRem(pixel, field.Width);
        return row >= field.Rows.First && row < field.Rows.End
            && column >= field.Columns.First && column < field.Columns.End;
    }

    private static Picture Changed(Picture picture, Func<int, bool> where)
    {
        float[] Plane(float[] plane) => [.. plane.Select((value, i) => where(i) ? 1 - value : value)];
        return new Picture(
            picture.Width, picture.Height, Plane(picture.Red), Plane(picture.Green), Plane(picture.Blue));
    }
}
