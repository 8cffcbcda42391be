namespace Atelier.Jobs;

/// <summary>What a job makes.</summary>
public enum JobKind
{
    /// <summary>A picture: one painting, or a cell of a batch or a sweep.</summary>
    Picture,

    /// <summary>A style file.</summary>
    Style,
}
