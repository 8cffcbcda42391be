using System.Collections.Immutable;

namespace Atelier.Weights.Mat;

/// <summary>A MATLAB array in the index of a file.</summary>
internal abstract record MatNode;

/// <summary>Anything that contains no weights: sparse, complex or empty arrays, functions, long texts.</summary>
internal sealed record MatOther : MatNode
{
    internal static MatOther Instance { get; } = new();
}

/// <summary>Real numbers, in column-major order from a position in the variable's bytes.</summary>
internal sealed record MatNumbers(ImmutableArray<int> Shape, MatElementType Type, long Position) : MatNode;

/// <summary>A line of text.</summary>
internal sealed record MatText(string Value) : MatNode;

/// <summary>A cell array, in column-major order.</summary>
internal sealed record MatCells(IReadOnlyList<MatNode> Items) : MatNode;

/// <summary>An array of structures with the same fields, in column-major order.</summary>
internal sealed record MatStructs(
    IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<MatNode>> Items) : MatNode;
