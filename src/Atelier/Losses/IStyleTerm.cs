namespace Atelier.Losses;

/// <summary>A term of the objective whose aim is a style, and may be drawn toward what a picture has of it already.
/// </summary>
internal interface IStyleTerm : IFeatureLoss
{
    /// <summary>Whether the aim is the style alone, whatever anchor there is.</summary>
    bool AimsAtStyle { get; set; }

    /// <summary>Ends a measurement, as <see cref="IFeatureLoss.Finish"/> does, and draws the aim from the style toward
    /// what was measured.</summary>
    /// <param name="share">How far, 0–1.</param>
    void Anchor(double share);
}
