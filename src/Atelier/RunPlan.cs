using System.Collections.Immutable;

namespace Atelier;

/// <summary>Predicted time and memory of a run.</summary>
/// <param name="Scales">The scales, from coarse to fine.</param>
/// <param name="Seconds">Time from the first measurement to the last iteration.</param>
/// <param name="PeakBytes">Peak memory of the process.</param>
public sealed record RunPlan(ImmutableArray<ScalePlan> Scales, double Seconds, long PeakBytes);

/// <summary>Predicted time and memory of one scale.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Iterations">Number of iterations at this scale.</param>
/// <param name="Seconds">Time for measuring the pictures and for the iterations.</param>
/// <param name="PeakBytes">Peak memory of the process at this scale.</param>
/// <param name="BandRows">Rows of the picture that the network processes at a time; equals the height if there are no
/// bands.</param>
public sealed record ScalePlan(int Width, int Height, int Iterations, double Seconds, long PeakBytes, int BandRows);

/// <summary>What is known about a run before it starts.</summary>
/// <param name="PeakBytes">Predicted peak memory of the process.</param>
/// <param name="Warnings">Warnings for the user, which also accompany the result: an enlarged photograph, a seed
/// without effect, …</param>
public sealed record RunForecast(long PeakBytes, ImmutableArray<string> Warnings);
