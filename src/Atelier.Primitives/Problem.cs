namespace Atelier;

/// <summary>Something that keeps a request from being carried out, as data: a program can show it beside the option, or
/// word it in its own way.</summary>
/// <param name="Option">The option or input that it concerns, by its name in the option table, as in
/// <c>style-weights</c>, <c>content</c> or <c>style</c>.</param>
/// <param name="Fault">What is wrong, as a clause whose subject is the option: <c>has 3 entries for 2 styles</c>.
/// </param>
/// <param name="Remedy">What would do instead, as a clause: <c>give one for each</c>.</param>
public sealed record Problem(string Option, string Fault, string Remedy)
{
    /// <summary>The subject of <see cref="Fault"/> where it is not the option as a whole, as in <c>style file 2</c>;
    /// null where it is.</summary>
    public string? Subject { get; init; }

    /// <summary>The problem as a sentence: <c>style-weights has 3 entries for 2 styles; give one for each.</c>
    /// </summary>
    public override string ToString() => $"{Subject ?? Option} {Fault}; {Remedy}.";
}
