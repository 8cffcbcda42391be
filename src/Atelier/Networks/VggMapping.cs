using System.Collections.Immutable;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Which tensors of a weight file are which convolutions of a VGG, whatever their names and order of axes.
/// </summary>
/// <remarks>Convolutions are found by their shapes, tried together with those whose names differ in numbers only, and
/// have to follow from one another: 3 inputs, then as many as the one before has outputs. Their order is that of the
/// places that the names tell (conv3_1), else of the numbers in them (features.10), else of the file. Fully connected
/// layers have other shapes and are never read.</remarks>
internal sealed class VggMapping
{
    private VggMapping(ImmutableArray<VggConvolution> convolutions, ImmutableArray<int> blocks, ArchivedTensor[] inputs)
        => (Convolutions, ConvolutionsOfBlock, InputTensors) = (convolutions, blocks, inputs);

    /// <summary>From the picture downward.</summary>
    internal ImmutableArray<VggConvolution> Convolutions { get; }

    internal ImmutableArray<int> ConvolutionsOfBlock { get; }

    /// <summary>Weights and bias of a 1×1 convolution that converts the picture first; empty where there is none.
    /// </summary>
    internal ArchivedTensor[] InputTensors { get; }

    /// <summary>Finds the convolutions.</summary>
    /// <exception cref="WeightFormatException">There are none, or there is more than one way to read the file.
    /// </exception>
    internal static VggMapping Of(ImmutableArray<ArchivedTensor> tensors)
    {
        ArchivedTensor? normalization = tensors.FirstOrDefault(IsBatchNormalization);
        if (normalization is not null)
        {
            throw new WeightFormatException(
                $"'{normalization.Name}' belongs to a network with batch normalization, which is not read; take one " +
                "without (vgg19, not vgg19_bn).");
        }

        ImmutableArray<ArchivedTensor> own = [.. tensors.Where(tensor => !IsOfOptimizer(tensor))];
        ImmutableArray<ArchivedTensor> kernels =
            [.. own.Where(tensor => VggConvolution.OrderOf(tensor.Shape) is not null)];
        if (kernels.IsEmpty)
        {
            throw new WeightFormatException("holds no 3×3 convolution, so it is not a VGG network" +
                (tensors.IsEmpty ? "." : $" (its first tensor is '{tensors[0].Name}')."));
        }

        ImmutableArray<VggChain> chains =
            [.. kernels.GroupBy(kernel => new TensorName(kernel.Name).Pattern)
                .Select(group => VggChain.Of([.. group]))];
        VggChain[] whole = [.. chains.Where(chain => chain.Problem is null)];
        VggChain found = whole switch
        {
            [VggChain only] => only,
            [] => VggChain.Of(kernels) is { Problem: null } all ? all
                : throw new WeightFormatException(chains.MaxBy(chain => chain.Kernels.Length)!.Problem!),
            _ => throw new WeightFormatException(
                $"holds several networks: one begins with '{whole[0].Kernels[0].Name}', another with " +
                $"'{whole[1].Kernels[0].Name}'. Save the one that is meant alone."),
        };
        VggBiases biases = new(own);
        return new VggMapping(
            [.. found.Kernels.Select(kernel => new VggConvolution(
                kernel, biases.Of(kernel, VggChain.OutputsOf(kernel)), VggConvolution.OrderOf(kernel.Shape)!.Value))],
            found.Blocks, InputOf(own));
    }

    private static ArchivedTensor[] InputOf(ImmutableArray<ArchivedTensor> tensors)
        => tensors.Where(tensor => tensor.Shape is [3, 3, 1, 1] or [1, 1, 3, 3]).ToArray() switch
        {
            [] => [],
            [ArchivedTensor only] => [only, new VggBiases(tensors).Of(only, 3)],
            _ => throw new WeightFormatException("holds several 1×1 convolutions of a picture."),
        };

    private static bool IsBatchNormalization(ArchivedTensor tensor)
        => tensor.Name.Contains("running_mean", StringComparison.OrdinalIgnoreCase)
        || tensor.Name.Contains("moving_mean", StringComparison.OrdinalIgnoreCase);

    // What a training run keeps beside the weights is of the same shapes.
    private static bool IsOfOptimizer(ArchivedTensor tensor)
        => tensor.Name.StartsWith("optim", StringComparison.OrdinalIgnoreCase);
}
