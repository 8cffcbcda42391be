using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Studio.Storage;
using Atelier.Styles;

namespace Atelier.Studio.Library;

/// <summary>A style file of the studio's folder.</summary>
/// <param name="Picture">The file.</param>
/// <param name="Time">When it was written, in UTC.</param>
/// <param name="Bytes">Its size.</param>
public sealed record StyleItem(StoredPicture Picture, DateTime Time, long Bytes)
{
    /// <summary>Why it cannot be used; null if it can.</summary>
    public string? Fault { get; init; }

    /// <summary>The network that measured it; empty for a damaged file.</summary>
    public string Network { get; init; } = "";

    /// <summary>SHA-256 of that network's file; empty for a damaged file.</summary>
    public string NetworkSha256 { get; init; } = "";

    /// <summary>That network's pooling.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>The measured layers.</summary>
    public ImmutableArray<string> Layers { get; init; } = [];

    /// <summary>Long sides at which was measured, in pixels.</summary>
    public ImmutableArray<int> Sizes { get; init; } = [];

    /// <summary>Returns the item with what its statistics tell.</summary>
    internal StyleItem With(StyleStatistics style) => this with
    {
        Network = style.Network,
        NetworkSha256 = style.NetworkSha256,
        Pooling = style.Pooling,
        Layers = style.Layers,
        Sizes = style.Sizes,
    };
}
