namespace Atelier.Jobs;

/// <summary>What a job makes.</summary>
public enum JobKind
{
    /// <summary>A picture: one painting, or a cell of a batch or a sweep.</summary>
    Picture,

    /// <summary>A style file.</summary>
    Style,

    /// <summary>A video: finds its scenes, which become jobs, and joins them when they are done.</summary>
    Film,

    /// <summary>A scene of a film.</summary>
    Scene,

    /// <summary>Something that this version does not know.</summary>
    Unknown,
}
