namespace Atelier.Studio.Painting;

/// <summary>What a painting is doing.</summary>
public enum PaintingState
{
    /// <summary>Its pictures are being read.</summary>
    Opening,

    /// <summary>The first look is being painted.</summary>
    Looking,

    /// <summary>It is being painted.</summary>
    Painting,

    /// <summary>It waits to be resumed.</summary>
    Paused,

    /// <summary>It is complete, and can go on.</summary>
    Complete,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was ended.</summary>
    Ended,
}
