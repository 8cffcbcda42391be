namespace Atelier.Optimizers;

/// <summary>Lower and upper bounds that apply to every value.</summary>
internal readonly record struct Bounds(float Min, float Max)
{
    /// <summary>No bounds.</summary>
    internal static Bounds None { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>The range of a picture's samples.</summary>
    internal static Bounds Picture { get; } = new(0f, 1f);

    internal bool IsNone => float.IsNegativeInfinity(Min) && float.IsPositiveInfinity(Max);
}
