namespace Atelier.Jobs;

/// <summary>A line of the log of a job.</summary>
/// <param name="At">When it was written, by the clock of the database.</param>
/// <param name="Worker">Who wrote it; null for none.</param>
/// <param name="Text">What happened.</param>
public sealed record LogLine(DateTimeOffset At, string? Worker, string Text);
