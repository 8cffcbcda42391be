using System.Collections.Immutable;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>The convolutions of a VGG in the order of execution, and the positions of its pools.</summary>
internal sealed class VggLayerOrder
{
    private const int MaxConvolutions = 40, MaxBlocks = 5, MaxOfBlock = 4;

    private VggLayerOrder(ImmutableArray<ArchivedTensor> kernels) => Kernels = kernels;

    internal ImmutableArray<ArchivedTensor> Kernels { get; }

    /// <summary>Number of convolutions in each block.</summary>
    internal ImmutableArray<int> Blocks { get; private init; } = [];

    /// <summary>Why these are not the convolutions of a VGG; null if they are.</summary>
    internal string? Problem { get; private init; }

    /// <summary>Orders convolutions and finds the blocks.</summary>
    internal static VggLayerOrder Create(ImmutableArray<ArchivedTensor> kernels)
    {
        (ArchivedTensor Tensor, TensorName Name)[] named =
            [.. kernels.Select(kernel => (kernel, new TensorName(kernel.Name)))];
        bool hasPlaces = named.All(each => each.Name.Place is not null);
        if (hasPlaces)
        {
            named = [.. named.OrderBy(each => each.Name.Place)];
        }
        else if (named.Select(each => each.Name.Pattern).Distinct().Count() == 1)
        {
            named = [.. named.OrderBy(each => each.Name, Comparer<TensorName>.Create(
                (a, b) => a.Numbers.AsSpan().SequenceCompareTo(b.Numbers.AsSpan())))];
        }

        VggLayerOrder order = new([.. named.Select(each => each.Tensor)]);
        if (order.Break() is string problem)
        {
            return new VggLayerOrder(order.Kernels) { Problem = problem };
        }

        ImmutableArray<int>? blocks = hasPlaces
            ? BlocksByPlaces([.. named.Select(each => each.Name.Place!.Value)])
            : BlocksByNumbers([.. named.Select(each => each.Name)]) ?? order.BlocksByWidths();
        return blocks is [.., _] found
            ? new VggLayerOrder(order.Kernels) { Blocks = found }
            : new VggLayerOrder(order.Kernels)
            {
                Problem = $"contains {named.Length} convolutions, beginning with '{named[0].Tensor.Name}', but " +
                    "neither their names nor their widths show where the pools are. Name them conv1_1.weight, " +
                    "conv1_1.bias, …",
            };
    }

    internal static int OutputsOf(ArchivedTensor kernel)
        => VggConvolution.OrderOf(kernel.Shape) == AxisOrder.OutputsFirst ? kernel.Shape[0] : kernel.Shape[3];

    private static int InputsOf(ArchivedTensor kernel)
        => VggConvolution.OrderOf(kernel.Shape) == AxisOrder.OutputsFirst ? kernel.Shape[1] : kernel.Shape[2];

    /// <summary>Returns an error if the input channels of a convolution do not match the previous
    /// convolution.</summary>
    private string? Break()
    {
        int channels = 3;
        foreach (ArchivedTensor kernel in Kernels)
        {
            if (InputsOf(kernel) != channels || Kernels.Length > MaxConvolutions)
            {
                return $"is not a VGG network: its convolution '{kernel.Name}' has {InputsOf(kernel)} inputs where " +
                    $"{channels} were expected.";
            }

            channels = OutputsOf(kernel);
        }

        return null;
    }

    /// <summary>Orders convolutions named conv1_1, conv1_2, conv2_1, …: every position must occur exactly
    /// once.</summary>
    private static ImmutableArray<int>? BlocksByPlaces((int Block, int Number)[] places)
    {
        List<int> blocks = [];
        foreach ((int block, int number) in places)
        {
            if (block == blocks.Count + 1 && number == 1 && block <= MaxBlocks)
            {
                blocks.Add(1);
            }
            else if (block == blocks.Count && number == blocks[^1] + 1)
            {
                blocks[^1]++;
            }
            else
            {
                return null;
            }
        }

        return [.. blocks];
    }

    /// <summary>Finds the blocks by the positions in a list of all layers: between two blocks there is one extra layer,
    /// the pool.</summary>
    private static ImmutableArray<int>? BlocksByNumbers(TensorName[] names)
    {
        if (names.Select(name => name.Pattern).Distinct().Count() > 1)
        {
            return null;
        }

        int varying = Enumerable.Range(0, names[0].Numbers.Length)
            .LastOrDefault(i => names.Select(name => name.Numbers[i]).Distinct().Count() == names.Length, -1);
        int[] steps = varying < 0 ? [] :
            [.. names.Zip(names.Skip(1), (a, b) => b.Numbers[varying] - a.Numbers[varying])];
        if (steps.Length == 0 || steps.Min() < 2 || steps.Max() != steps.Min() + 1)
        {
            return null;
        }

        List<int> blocks = [1];
        foreach (int step in steps)
        {
            if (step == steps.Max())
            {
                blocks.Add(1);
            }
            else
            {
                blocks[^1]++;
            }
        }

        return blocks.Count <= MaxBlocks ? [.. blocks] : null;
    }

    /// <summary>A block ends where the width changes. The fifth block is as wide as the fourth, but in every VGG the
    /// fourth is as long as the third.</summary>
    private ImmutableArray<int>? BlocksByWidths()
    {
        List<int> runs = [];
        for (int i = 0; i < Kernels.Length; i++)
        {
            if (i > 0 && OutputsOf(Kernels[i]) == OutputsOf(Kernels[i - 1]))
            {
                runs[^1]++;
            }
            else
            {
                runs.Add(1);
            }
        }

        int third = runs.Count > 2 ? runs[2] : 0;
        if (runs.Count == MaxBlocks - 1 && runs[^1] > third)
        {
            return runs[^1] <= 2 * third ? [.. runs[..^1], third, runs[^1] - third] : null;
        }

        return runs.Count is > 1 and <= MaxBlocks && runs.TrueForAll(run => run <= MaxOfBlock) ? [.. runs] : null;
    }
}
