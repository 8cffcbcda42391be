namespace Atelier.Losses;

/// <summary>A term of the objective whose aim is a style, and may be held to what a picture has of it already.
/// </summary>
internal interface IStyleTerm : IFeatureLoss
{
    /// <summary>Whether the aim is the style alone, whatever anchor there is.</summary>
    bool AimsAtStyle { get; set; }

    /// <summary>Ends a measurement, as <see cref="IFeatureLoss.Finish"/> does, and adds the distance to what was
    /// measured to that to the style.</summary>
    /// <param name="strength">Its share, beside 1 for the style.</param>
    void Anchor(double strength);
}
