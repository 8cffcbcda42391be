using System.Collections.Immutable;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Finds the bias of each convolution: a vector with one value per output channel whose name is most similar
/// to the convolution's; of several candidates, the next one in the file. Each bias is used once.</summary>
internal sealed class VggBiases(ImmutableArray<ArchivedTensor> tensors)
{
    private readonly Dictionary<ArchivedTensor, TensorName> _vectors = tensors
        .Where(tensor => tensor.Shape.Length > 0 && tensor.Shape.Max() == tensor.Count)
        .ToDictionary(tensor => tensor, tensor => new TensorName(tensor.Name));

    /// <summary>Takes the bias of a convolution.</summary>
    /// <exception cref="WeightFormatException">There is none.</exception>
    internal ArchivedTensor Take(ArchivedTensor kernel, int outputs)
    {
        TensorName name = new(kernel.Name);
        int place = tensors.IndexOf(kernel);
        ArchivedTensor bias = _vectors.Where(vector => vector.Key.Count == outputs)
            .OrderByDescending(vector => vector.Value.CommonParts(name))
            .ThenBy(vector => (tensors.IndexOf(vector.Key) - place + tensors.Length) % tensors.Length)
            .Select(vector => vector.Key).FirstOrDefault()
            ?? throw new WeightFormatException($"contains no bias of {outputs} values for '{kernel.Name}'.");
        _vectors.Remove(bias);
        return bias;
    }
}
