namespace Atelier.Optimizers;

/// <summary>A part of the state of a run, as a checkpoint stores it.</summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="Length">Number of values.</param>
/// <param name="Read">Returns the values.</param>
/// <param name="Write">Restores the values.</param>
internal sealed record SavedValues(string Name, int Length, Func<float[]> Read, Action<float[]> Write);
