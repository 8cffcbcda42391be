using System.Collections.Immutable;

namespace Atelier;

/// <summary>What a style transfer will take, told before it is done.</summary>
/// <param name="Scales">The sizes, from coarse to fine.</param>
/// <param name="Seconds">Time from the first measurement to the last step.</param>
/// <param name="PeakBytes">Memory of the process at its largest.</param>
public sealed record StylizePlan(ImmutableArray<PlannedScale> Scales, double Seconds, long PeakBytes);

/// <summary>What one size will take.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Steps">Steps at this size.</param>
/// <param name="Seconds">Time for measuring the pictures and for the steps.</param>
/// <param name="PeakBytes">Memory of the process at this size.</param>
/// <param name="BandRows">Rows of the picture that the network works on at a time; the height when all.</param>
public sealed record PlannedScale(int Width, int Height, int Steps, double Seconds, long PeakBytes, int BandRows);
