namespace Atelier.Primitives;

/// <summary>Words a number of things.</summary>
internal static class Count
{
    /// <summary>Returns <c>1 picture</c> or <c>3 pictures</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="thing">The word for one of them.</param>
    /// <param name="things">The word for several; null if it only adds an s.</param>
    internal static string Of(long number, string thing, string? things = null)
        => FormattableString.Invariant($"{number} {(number == 1 ? thing : things ?? $"{thing}s")}");
}
