using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>An open weight file of any format: which tensors it holds, each read when it is asked for.</summary>
/// <remarks>One thread at a time. Disposing it closes the file. A reader executes nothing that a file says, takes no
/// more memory than the tensor that is read and the list of names, and throws nothing but
/// <see cref="WeightFormatException"/> for bad contents.</remarks>
internal interface IWeightArchive : IDisposable
{
    /// <summary>The tensors, in the order of the file.</summary>
    ImmutableArray<ArchivedTensor> Tensors { get; }

    /// <summary>The values of one of the tensors, in row-major order of its shape.</summary>
    /// <exception cref="WeightFormatException">The file is damaged there.</exception>
    float[] Read(ArchivedTensor tensor);
}

/// <summary>A tensor of a weight file.</summary>
/// <param name="Name">Its name; groups and lists that it lies in come before, separated by dots or slashes.</param>
/// <param name="Shape">Lengths of its axes, slowest first.</param>
internal sealed record ArchivedTensor(string Name, ImmutableArray<int> Shape)
{
    /// <summary>How many values it has.</summary>
    internal long Count => Shape.Aggregate(1L, (count, length) => checked(count * length));
}
