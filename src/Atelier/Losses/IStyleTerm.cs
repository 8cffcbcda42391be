namespace Atelier.Losses;

/// <summary>A style loss whose target can be anchored: moved toward the statistics of a picture. </summary>
internal interface IStyleTerm : IFeatureLoss
{
    /// <summary>Whether to ignore the anchor and compare with the style alone.</summary>
    bool IgnoresAnchor { get; set; }

    /// <summary>Finishes a measurement, like <see cref="IFeatureLoss.Finish"/>, and moves the target from the style
    /// toward the measured statistics.</summary>
    /// <param name="share">How far to move, 0–1.</param>
    void Anchor(double share);
}
