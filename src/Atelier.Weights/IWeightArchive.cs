using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>An open weight file of any format: a list of its tensors, which are read on demand.</summary>
/// <remarks>One thread at a time. Disposing it closes the file. A reader never executes anything from a file, uses no
/// more memory than the requested tensor and the list of names, and throws only <see cref="WeightFormatException"/> for
/// invalid contents.</remarks>
internal interface IWeightArchive : IDisposable
{
    /// <summary>The tensors, in the order of the file.</summary>
    ImmutableArray<ArchivedTensor> Tensors { get; }

    /// <summary>The tensors of other types, such as integers, which are not read.</summary>
    ImmutableArray<UnreadTensor> Unread => [];

    /// <summary>Reads the values of a tensor, in row-major order.</summary>
    /// <exception cref="WeightFormatException">The file is damaged at this point.</exception>
    float[] Read(ArchivedTensor tensor);
}

/// <summary>A tensor of a weight file.</summary>
/// <param name="Name">Its name, preceded by the groups and lists that contain it, separated by dots or slashes.</param>
/// <param name="Shape">Its dimensions, outermost first.</param>
internal sealed record ArchivedTensor(string Name, ImmutableArray<int> Shape)
{
    /// <summary>Number of values.</summary>
    internal long Count => Shape.Aggregate(1L, (count, length) => checked(count * length));
}

/// <summary>A tensor whose values are of a type that is not read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type as the format names it, such as int8.</param>
/// <param name="Shape">Its dimensions, outermost first.</param>
internal sealed record UnreadTensor(string Name, string Type, ImmutableArray<int> Shape);
