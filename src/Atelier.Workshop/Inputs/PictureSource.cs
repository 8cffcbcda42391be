namespace Atelier.Workshop.Inputs;

/// <summary>A picture to read.</summary>
/// <param name="Role">Role of the picture, such as "style".</param>
/// <param name="Path">The file to open, or <c>-</c> for standard input. A page of it is named after a <c>#</c>, as in
/// <c>scan.tif#3</c>.</param>
/// <param name="Option">The option that supplies the picture, such as <c>style-mask</c>; null for none.</param>
public sealed record PictureSource(string Role, string Path, string? Option = null)
{
    /// <summary>The path to store in the recipe; the file itself may have been found beside the result.</summary>
    public string NamedAs { get; init; } = Path;

    /// <summary>Returns the same page of a copy of the file; recipes still name this one.</summary>
    /// <param name="copy">The path of the copy.</param>
    public PictureSource In(string copy)
    {
        int page = PagePath.Parse(Path).Page;
        return this with { Path = page == 1 ? copy : $"{copy}#{page}" };
    }
}
