using System.Collections.Immutable;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Maps the tensors of a weight file to the convolutions of a VGG, regardless of their names and axis order.
/// </summary>
/// <remarks>Convolutions are found by their shapes, grouped with those whose names differ only in numbers, and must be
/// consistent: 3 inputs first, then as many inputs as the previous convolution has outputs. They are ordered by the
/// block and number in their names (conv3_1), otherwise by the numbers in their names (features.10), otherwise by their
/// order in the file. Fully connected layers have other shapes and are never read.</remarks>
internal sealed class VggMapping
{
    private static readonly string[] OptimizerState = [".exp_avg", ".momentum_buffer", ".square_avg", ".max_exp_avg"];

    private VggMapping(ImmutableArray<VggConvolution> convolutions, ImmutableArray<int> blocks, ArchivedTensor[] inputs)
        => (Convolutions, ConvolutionsPerBlock, InputTensors) = (convolutions, blocks, inputs);

    /// <summary>The convolutions, shallow to deep.</summary>
    internal ImmutableArray<VggConvolution> Convolutions { get; }

    internal ImmutableArray<int> ConvolutionsPerBlock { get; }

    /// <summary>Weights and bias of a 1×1 convolution that first converts the picture; empty if there is
    /// none.</summary>
    internal ArchivedTensor[] InputTensors { get; }

    /// <summary>Finds the convolutions.</summary>
    /// <param name="tensors">The tensors of the file.</param>
    /// <param name="unread">Those of types that are not read, which only explain why there is no network.</param>
    /// <exception cref="WeightFormatException">There are no convolutions, or the file can be read in more than one way.
    /// </exception>
    internal static VggMapping Create(ImmutableArray<ArchivedTensor> tensors, params ReadOnlySpan<UnreadTensor> unread)
    {
        ArchivedTensor? normalization = tensors.FirstOrDefault(IsBatchNormalization);
        if (normalization is not null)
        {
            throw new WeightFormatException(OtherNetwork.Describe(tensors) ??
                $"'{normalization.Name}' belongs to a network with batch normalization, which is not supported; use " +
                "one without it (vgg19, not vgg19_bn).");
        }

        ImmutableArray<ArchivedTensor> own = [.. tensors.Where(tensor => !IsOfOptimizer(tensor))];
        ImmutableArray<ArchivedTensor> kernels =
            [.. own.Where(tensor => VggConvolution.OrderOf(tensor.Shape) is not null)];
        if (kernels.IsEmpty)
        {
            throw new WeightFormatException(OtherNetwork.DescribeUnread(unread)
                ?? OtherNetwork.Describe(tensors) ?? "contains no 3×3 convolution, so it is not a VGG network" +
                (tensors.IsEmpty ? "." : $" (its first tensor is '{tensors[0].Name}')."));
        }

        ImmutableArray<VggLayerOrder> candidates =
            [.. kernels.GroupBy(kernel => new TensorName(kernel.Name).Pattern)
                .Select(group => VggLayerOrder.Create([.. group]))];
        VggLayerOrder[] whole = [.. candidates.Where(order => order.Problem is null)];
        VggLayerOrder found = whole switch
        {
            [VggLayerOrder only] => only,
            [] => VggLayerOrder.Create(kernels) is { Problem: null } all ? all
                : throw new WeightFormatException(
                    OtherNetwork.Describe(tensors) ?? candidates.MaxBy(order => order.Kernels.Length)!.Problem!),
            _ => throw new WeightFormatException(
                $"contains several networks: one begins with '{whole[0].Kernels[0].Name}', another with " +
                $"'{whole[1].Kernels[0].Name}'. Save the one you need in a file of its own."),
        };
        VggBiases biases = new(own);
        return new VggMapping(
            [.. found.Kernels.Select(kernel => new VggConvolution(
                kernel,
                biases.Take(kernel, VggLayerOrder.OutputsOf(kernel)),
                VggConvolution.OrderOf(kernel.Shape)!.Value))],
            found.Blocks, InputOf(own));
    }

    private static ArchivedTensor[] InputOf(ImmutableArray<ArchivedTensor> tensors)
        => tensors.Where(tensor => tensor.Shape is [3, 3, 1, 1] or [1, 1, 3, 3]).ToArray() switch
        {
            [] => [],
            [ArchivedTensor only] => [only, new VggBiases(tensors).Take(only, 3)],
            _ => throw new WeightFormatException("contains several 1×1 convolutions of a picture."),
        };

    private static bool IsBatchNormalization(ArchivedTensor tensor)
        => tensor.Name.Contains("running_mean", StringComparison.OrdinalIgnoreCase)
        || tensor.Name.Contains("moving_mean", StringComparison.OrdinalIgnoreCase);

    // Optimizer state saved by a training run has the same shapes as the weights.
    private static bool IsOfOptimizer(ArchivedTensor tensor)
        => tensor.Name.StartsWith("optim", StringComparison.OrdinalIgnoreCase)
        || OptimizerState.Any(part => tensor.Name.Contains(part, StringComparison.Ordinal));
}
