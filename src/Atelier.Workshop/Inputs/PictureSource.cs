namespace Atelier.Workshop.Inputs;

/// <summary>A picture that is to be read.</summary>
/// <param name="Role">What it is for, as in "style".</param>
/// <param name="Path">The file to open, or <c>-</c>.</param>
/// <param name="Option">The option that names another one, as in <c>style-mask</c>; null for none.</param>
public sealed record PictureSource(string Role, string Path, string? Option = null)
{
    /// <summary>The path that the recipe keeps: the file may have been found beside the result.</summary>
    public string NamedAs { get; init; } = Path;
}
