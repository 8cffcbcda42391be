namespace Atelier.Jobs;

/// <summary>A worker, as it was at its last sign of life.</summary>
/// <param name="Id">Its name, which no other worker has.</param>
/// <param name="Machine">The machine that it runs on.</param>
/// <param name="Started">When it started.</param>
/// <param name="Silence">How long ago its last sign of life was.</param>
/// <param name="Slots">How many jobs it runs at once.</param>
/// <param name="Running">How many it runs now.</param>
/// <param name="Processor">The part of the machine's processors that it uses, 0–1.</param>
/// <param name="Memory">The memory that it uses, in bytes.</param>
public sealed record WorkerInfo(
    string Id, string Machine, DateTimeOffset Started, TimeSpan Silence, int Slots, int Running, double Processor,
    long Memory)
{
    /// <summary>How long a worker may be silent until it counts as lost.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether it still works, as far as is known.</summary>
    public bool IsAlive => Silence < Patience;
}
