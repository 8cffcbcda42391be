using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>An array of numbers from a weight file.</summary>
/// <param name="Shape">Sizes of the dimensions, outermost first.</param>
/// <param name="Values">The numbers, row by row; their count is the product of the shape.</param>
public sealed record WeightTensor(ImmutableArray<int> Shape, float[] Values);

/// <summary>The contents of a weight file: named tensors and metadata.</summary>
public sealed record WeightStore
{
    /// <summary>Name → tensor.</summary>
    public required ImmutableSortedDictionary<string, WeightTensor> Tensors { get; init; }

    /// <summary>Free text about the file.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;
}
