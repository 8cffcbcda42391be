using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>A weight file whose metadata describes the input of its network.</summary>
internal interface INetworkWeights : IWeightArchive
{
    /// <summary>Text metadata of the file, such as the mean and std of the input.</summary>
    ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>SHA-256 of the whole file in hexadecimal, computed at each call.</summary>
    string Sha256 { get; }
}
