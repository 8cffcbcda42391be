using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>A tensor of a weight file.</summary>
/// <param name="Shape">Its dimensions, outermost first.</param>
/// <param name="Values">The values in row-major order; their number is the product of the shape.</param>
public sealed record WeightTensor(ImmutableArray<int> Shape, float[] Values);

/// <summary>The contents of a weight file: named tensors and metadata.</summary>
public sealed record WeightStore
{
    /// <summary>The tensors by name.</summary>
    public required ImmutableSortedDictionary<string, WeightTensor> Tensors { get; init; }

    /// <summary>Arbitrary text metadata.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;
}
