using Atelier.Options;

namespace Atelier.Studio.Painting;

/// <summary>The first impression of a painting: small and with few iterations, so that it is there within a
/// second.</summary>
public static class FirstLook
{
    /// <summary>Long side of the picture, in pixels.</summary>
    public const int Side = 192;

    private static readonly StylizeOptions Look = Presets.ByName["look"];

    /// <summary>Returns the options of the first look at a painting with other options.</summary>
    public static StylizeOptions Of(StylizeOptions options) => Draft.Reduce(options, Side, Look);
}
