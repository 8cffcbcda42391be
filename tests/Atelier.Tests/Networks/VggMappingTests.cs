using System.Collections.Immutable;
using Atelier.Networks;
using Atelier.Weights;

namespace Atelier.Tests.Networks;

/// <summary>Names and orders that weight files are found with.</summary>
public sealed class VggMappingTests
{
    private static readonly int[] Vgg19 = [2, 2, 4, 4, 4], Vgg16 = [2, 2, 3, 3, 3];
    private static readonly int[] Widths = [64, 128, 256, 512, 512];

    [Theory]
    [InlineData("conv{0}_{1}.weight", "conv{0}_{1}.bias", false)]
    [InlineData("conv{0}_{1}_W", "conv{0}_{1}_b", true)]
    [InlineData("vgg_19/conv{0}/conv{0}_{1}/weights", "vgg_19/conv{0}/conv{0}_{1}/biases", true)]
    [InlineData("block{0}_conv{1}/block{0}_conv{1}_W_1:0", "block{0}_conv{1}/block{0}_conv{1}_b_1:0", true)]
    [InlineData("block{0}_conv{1}/block{0}_conv{1}/kernel:0", "block{0}_conv{1}/block{0}_conv{1}/bias:0", true)]
    [InlineData("features.{2}.weight", "features.{2}.bias", false)]
    [InlineData("module.vgg.features.{2}.weight", "module.vgg.features.{2}.bias", false)]
    [InlineData("layers.{2}.weights.0", "layers.{2}.weights.1", true)]
    [InlineData("slice{0}.{2}.weight", "slice{0}.{2}.bias", false)]
    [InlineData("vgg0_conv{3}_weight", "vgg0_conv{3}_bias", false)]
    [InlineData("{4}", "{5}", false)]
    [InlineData("onnx::Conv_{4}", "onnx::Conv_{5}", false)]
    public void Of_NamesInUse_FindsEveryConvolution(string weight, string bias, bool outputsLast)
    {
        foreach (int[] blocks in (int[][])[Vgg19, Vgg16])
        {
            ArchivedTensor[] tensors = [.. Tensors(blocks, Widths, weight, bias, outputsLast)];
            foreach (ImmutableArray<ArchivedTensor> order in (ImmutableArray<ArchivedTensor>[])
                [[.. tensors], [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)]])
            {
                VggMapping mapping = VggMapping.Create(
                    [new("fc.weight", [4096, 25088]), .. order, new("fc.bias", [4096])]);
                Assert.Equal(blocks, mapping.ConvolutionsPerBlock);
                Assert.Equal(
                    tensors.Where((_, i) => i % 2 == 0),
                    mapping.Convolutions.Select(convolution => convolution.Weights));
                if (bias[0] != '{' && !bias.StartsWith("onnx", StringComparison.Ordinal))
                {
                    Assert.Equal(
                        tensors.Where((_, i) => i % 2 == 1),
                        mapping.Convolutions.Select(convolution => convolution.Bias));
                }
            }
        }
    }

    [Fact]
    public void Of_PlainList_TakesTheBiasAfterEachWeight()
    {
        ArchivedTensor[] tensors = [.. Tensors(Vgg19, Widths, "{4}", "{5}", false)];
        Assert.Equal(
            tensors.Where((_, i) => i % 2 == 1),
            VggMapping.Create([.. tensors]).Convolutions.Select(convolution => convolution.Bias));
    }

    [Fact]
    public void Of_WeightsFirstThenBiases_PairsThemInOrder()
    {
        ArchivedTensor[] tensors = [.. Tensors(Vgg16, Widths, "{4}", "{5}", false)];
        ArchivedTensor[] biases = [.. tensors.Where((_, i) => i % 2 == 1)];
        VggMapping mapping = VggMapping.Create([.. tensors.Where((_, i) => i % 2 == 0), .. biases]);
        Assert.Equal(biases, mapping.Convolutions.Select(convolution => convolution.Bias));
    }

    [Theory]
    [InlineData("2,2,4,4,1")]
    [InlineData("2,2,4,2")]
    [InlineData("2,1")]
    public void Of_CutNetwork_KnowsItsBlocks(string text)
    {
        int[] blocks = [.. text.Split(',').Select(int.Parse)];
        VggMapping mapping = VggMapping.Create([.. Tensors(blocks, Widths, "{4}", "{5}", false)]);
        Assert.Equal(blocks, mapping.ConvolutionsPerBlock);
    }

    [Theory]
    [InlineData("5,5,5,5,5", "{4}", "show where the pools are")]
    [InlineData("5,6,7,8,8", "a{4}.conv9_9.w", "show where the pools are")]
    public void Of_PoolsThatNothingTells_IsRefused(string widths, string name, string part)
        => AssertRefused(
            part, [.. Tensors(Vgg19, [.. widths.Split(',').Select(int.Parse)], name, "{5}", false)]);

    [Fact]
    public void Of_TwoNetworks_NamesBoth()
        => AssertRefused(
            "'b.conv1_1.weight'",
            [.. Tensors(Vgg16, Widths, "a.conv{0}_{1}.weight", "a.conv{0}_{1}.bias", false),
                .. Tensors(Vgg16, Widths, "b.conv{0}_{1}.weight", "b.conv{0}_{1}.bias", false)]);

    [Fact]
    public void Of_DecoderBesideTheNetwork_TakesTheNetwork()
    {
        ArchivedTensor[] network = [.. Tensors(Vgg16, Widths, "features.{2}.weight", "features.{2}.bias", false)];
        VggMapping mapping = VggMapping.Create(
            [new("decoder.0.weight", [256, 512, 3, 3]), new("decoder.0.bias", [256]), .. network]);
        Assert.Equal(network[0], mapping.Convolutions[0].Weights);
        Assert.Equal(13, mapping.Convolutions.Length);
    }

    [Theory]
    [InlineData("conv2_1.weight", "has 128 inputs where 64 were expected")]
    [InlineData("conv1_1.weight", "has 64 inputs where 3 were expected")]
    [InlineData("conv1_2.bias", "no bias of 64 values for 'conv1_2.weight'")]
    public void Of_TensorMissing_SaysWhereItBreaks(string missing, string part)
    {
        List<ArchivedTensor> tensors = [.. Tensors(Vgg16, Widths, "conv{0}_{1}.weight", "conv{0}_{1}.bias", false)];
        tensors.RemoveAll(tensor => tensor.Name == missing);
        AssertRefused(part, [.. tensors]);
    }

    [Fact]
    public void Of_SignsInNamesThatStandForNumbers_AreNotTakenForThem()
    {
        ArchivedTensor[] tensors = [.. Tensors(Vgg16, Widths, "features.{2}.weight", "features.{2}.bias", false)];
        tensors[4] = tensors[4] with { Name = "features.#.weight" };
        Assert.Equal(Vgg16, VggMapping.Create([.. tensors]).ConvolutionsPerBlock);
    }

    [Fact]
    public void Of_BatchNormalization_IsRefused()
        => AssertRefused(
            "batch normalization",
            [.. Tensors(Vgg16, Widths, "features.{2}.weight", "features.{2}.bias", false),
                new("features.1.running_mean", [64])]);

    [Fact]
    public void Of_NoConvolution_NamesWhatIsThere()
    {
        AssertRefused("'fc.weight'", [new("fc.weight", [10, 10])]);
        AssertRefused("no 3×3 convolution", []);
    }

    [Theory]
    [InlineData("decoder", "0.weight 256,512,3,3; 3.weight 64,256,3,3; 7.weight 3,64,3,3")]
    [InlineData("decoder", "up/kernel:0 3,3,64,32; out/kernel:0 3,3,32,3")]
    [InlineData("fast style transfer", "conv1.weight 32,3,9,9; res.weight 32,32,3,3; deconv.weight 3,32,9,9")]
    [InlineData("a transformer", "encoder.layers.0.self_attn.in_proj_weight 48,16; norm.weight 16")]
    [InlineData("a transformer", "patch.weight 768,3,16,16; blocks.0.attn.qkv.weight 2304,768")]
    [InlineData("diffusion model", "model.diffusion_model.input_blocks.0.0.weight 320,4,3,3")]
    [InlineData("LoRA", "unet.down.lora_up.weight 320,4")]
    [InlineData("ResNet", "conv1.weight 64,3,7,7; bn1.running_mean 64; layer1.0.conv1.weight 64,64,3,3")]
    [InlineData("DenseNet", "features.conv0.weight 64,3,7,7; features.denseblock1.denselayer1.conv1.weight 128,64,1,1")]
    [InlineData("Inception", "InceptionV1/Mixed_3b/weights 1,1,192,64")]
    [InlineData("SqueezeNet", "features.0.weight 64,3,3,3; features.3.squeeze.weight 16,64,1,1")]
    [InlineData(
        "MobileNet", "0.weight 32,3,3,3; 1.weight 32,1,3,3; 2.weight 64,1,3,3; 3.weight 64,1,3,3; 1.running_mean 32")]
    public void Of_AnotherNetwork_SaysWhatItSeemsToBe(string kind, string list)
    {
        ImmutableArray<ArchivedTensor> tensors =
            [.. list.Split("; ").Select(each => each.Split(' ')).Select(parts => new ArchivedTensor(
                parts[0], [.. parts[1].Split(',').Select(int.Parse)]))];
        AssertRefused(kind, tensors);
        AssertRefused("VGG-19 or VGG-16", tensors);
    }

    [Fact]
    public void Of_Integers_AreNamedOnlyIfNothingElseIsThere()
    {
        UnreadTensor unread = new("features.0.weight", "int8", [64, 3, 3, 3]);
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => VggMapping.Create([new ArchivedTensor("features.0.bias", [64])], unread));
        Assert.Contains("as int8 ('features.0.weight')", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            Vgg16,
            VggMapping.Create([.. Tensors(Vgg16, Widths, "{4}", "{5}", false)], unread).ConvolutionsPerBlock);
    }

    [Theory]
    [InlineData("opt.state.{2}.exp_avg", "opt.state.{2}.exp_avg_sq")]
    [InlineData("trainer.state.{2}.momentum_buffer", "trainer.state.{2}.square_avg")]
    public void Of_StateOfTheOptimizer_IsNoNetwork(string weight, string bias)
    {
        ArchivedTensor[] network = [.. Tensors(Vgg16, Widths, "features.{2}.weight", "features.{2}.bias", false)];
        VggMapping mapping = VggMapping.Create([.. Tensors(Vgg16, Widths, weight, bias, false), .. network]);
        Assert.Equal(network[0], mapping.Convolutions[0].Weights);
        Assert.Equal(network[1], mapping.Convolutions[0].Bias);
    }

    private static void AssertRefused(string part, ImmutableArray<ArchivedTensor> tensors)
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => VggMapping.Create(tensors));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Weights and biases in turn; in names {0} is the block, {1} the place in it, {2} that in torchvision's
    /// list of layers, {3} that among the convolutions, {4} and {5} those of weights and biases in one list.</summary>
    private static IEnumerable<ArchivedTensor> Tensors(
        int[] blocks, int[] widths, string weight, string bias, bool outputsLast)
    {
        int inputs = 3, layer = 0, place = 0;
        for (int block = 0; block < blocks.Length; block++, layer++)
        {
            for (int i = 0; i < blocks[block]; i++, layer += 2, place++)
            {
                int outputs = widths[block];
                string Name(string format) => string.Format(
                    System.Globalization.CultureInfo.InvariantCulture, format, block + 1, i + 1, layer, place,
                    2 * place, (2 * place) + 1);
                yield return new ArchivedTensor(
                    Name(weight), outputsLast ? [3, 3, inputs, outputs] : [outputs, inputs, 3, 3]);
                yield return new ArchivedTensor(Name(bias), [outputs]);
                inputs = outputs;
            }
        }
    }
}
