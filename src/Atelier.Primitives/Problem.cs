namespace Atelier;

/// <summary>A reason why a request cannot be carried out, as data: a program can show it beside the option, or word it
/// in its own way.</summary>
/// <param name="Option">The option or input that the problem is about, by its name in the option table, such as
/// <c>style-weights</c>, <c>content</c> or <c>style</c>.</param>
/// <param name="Fault">What is wrong, as a clause whose subject is the option: <c>has 3 entries for 2 styles</c>.
/// </param>
/// <param name="Remedy">How to fix it, as a clause: <c>give one for each</c>.</param>
public sealed record Problem(string Option, string Fault, string Remedy)
{
    /// <summary>The subject of <see cref="Fault"/> if it is not the option itself, such as <c>style file 2</c>; null if
    /// it is.</summary>
    public string? Subject { get; init; }

    /// <summary>Returns the problem as a sentence: <c>style-weights has 3 entries for 2 styles; give one for each.</c>
    /// </summary>
    public override string ToString() => $"{Subject ?? Option} {Fault}; {Remedy}.";
}
