using System.Collections.Immutable;

namespace Atelier.Networks;

/// <summary>The layers of a VGG network: five blocks of 3×3 convolutions, each followed by a ReLU, with a pool between
/// blocks.</summary>
/// <param name="Name">Name of the network.</param>
/// <param name="ConvolutionsPerBlock">Number of convolutions in each block.</param>
public sealed record NetworkDefinition(string Name, ImmutableArray<int> ConvolutionsPerBlock)
{
    /// <summary>VGG-19 (Simonyan and Zisserman 2014, configuration E).</summary>
    public static NetworkDefinition Vgg19 { get; } = new("vgg19", [2, 2, 4, 4, 4]);

    /// <summary>VGG-16 (Simonyan and Zisserman 2014, configuration D).</summary>
    public static NetworkDefinition Vgg16 { get; } = new("vgg16", [2, 2, 3, 3, 3]);

    /// <summary>The embedded network: VGG-19 up to relu5_1, with a quarter of the channels.</summary>
    public static NetworkDefinition Compact { get; } = new("compact", [2, 2, 4, 4, 1]);

    /// <summary>All networks that are known by name.</summary>
    public static ImmutableArray<NetworkDefinition> Known { get; } = [Compact, Vgg19, Vgg16];

    /// <summary>Names of the ReLU layers, shallow to deep: relu1_1, relu1_2, relu2_1, …</summary>
    public ImmutableArray<string> ReluNames =>
        [.. from block in Enumerable.Range(1, ConvolutionsPerBlock.Length)
            from index in Enumerable.Range(1, ConvolutionsPerBlock[block - 1])
            select $"relu{block}_{index}"];

    /// <summary>Names of all layers in order, with <c>pool1</c> … between the blocks.</summary>
    public ImmutableArray<string> LayerNames =>
        [.. from block in Enumerable.Range(1, ConvolutionsPerBlock.Length)
            from name in (block == 1 ? Array.Empty<string>() : [$"pool{block - 1}"])
                .Concat(Enumerable.Range(1, ConvolutionsPerBlock[block - 1]).Select(index => $"relu{block}_{index}"))
            select name];

    /// <summary>Returns the key of a ReLU layer's convolution in weight files: relu4_2 → conv4_2.</summary>
    public static string ConvolutionName(string reluName) => "conv" + reluName["relu".Length..];
}
