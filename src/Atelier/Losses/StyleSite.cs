namespace Atelier.Losses;

/// <summary>Where in the network styles are compared: at one layer, or between a layer and its deeper
/// neighbor.</summary>
/// <param name="Layer">The layer; for two layers, the shallower one, whose positions are used.</param>
/// <param name="Deeper">The deeper neighbor; null for a single layer.</param>
/// <param name="Weight">Its weight in the style loss.</param>
internal sealed record StyleSite(string Layer, string? Deeper, double Weight)
{
    /// <summary>The names of its layers.</summary>
    public override string ToString() => Deeper is null ? Layer : $"{Layer} {Deeper}";
}
