namespace Atelier.Losses;

/// <summary>Where in the network styles are compared: at a layer, or between it and its deeper neighbor.</summary>
/// <param name="Layer">The layer; of two, the shallower one, at whose positions they are compared.</param>
/// <param name="Deeper">The deeper neighbor; null for one layer.</param>
/// <param name="Weight">Its share of the style.</param>
internal sealed record StyleSite(string Layer, string? Deeper, double Weight)
{
    /// <summary>The names of its layers.</summary>
    public override string ToString() => Deeper is null ? Layer : $"{Layer} {Deeper}";
}
