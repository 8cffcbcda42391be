namespace Atelier.Video;

/// <summary>A scene of a video: frames without a cut between them, which are painted independently of all others.
/// </summary>
/// <param name="First">Index of its first frame, from 0.</param>
/// <param name="Count">Number of its frames, at least 1.</param>
public sealed record VideoScene(int First, int Count);

/// <summary>A scene that has been painted by a run of its own.</summary>
/// <param name="Path">The checkpoint of that run, whose frames are counted from 0.</param>
/// <param name="First">Index of the scene's first frame in the whole video.</param>
public sealed record PaintedScene(string Path, int First);
