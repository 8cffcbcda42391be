using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Styles;
using Atelier.Weights;

namespace Atelier.Workshop.Inputs;

/// <summary>An artwork or style file that has been loaded, and its reference for the recipe.</summary>
/// <param name="Style">The style.</param>
/// <param name="Name">The reference to it in a recipe.</param>
/// <param name="Warnings">Warnings of the decoder.</param>
public sealed record StyleInput(Style Style, RecipePicture Name, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads an artwork or a style file.</summary>
    /// <exception cref="AtelierException">The file is neither; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static StyleInput Load(WorkshopContext context, PictureSource source)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(source);
        context.Cancel.ThrowIfCancellationRequested();
        byte[] bytes = InputFile.ReadBytes(context, source.Path);
        if (!StyleStatistics.IsStyleFile(bytes))
        {
            InputFile file = InputFile.Decode(source, bytes);
            return new StyleInput(file.Picture, file.Name, [.. file.Warnings]);
        }

        return new StyleInput(
            StyleFileInput.Read(source.Path, bytes), RecipePicture.Create(source.NamedAs, bytes), []);
    }
}

/// <summary>Loads style files.</summary>
public static class StyleFileInput
{
    /// <summary>Reads a style file.</summary>
    /// <exception cref="CodedException">The file does not exist, or is a picture (<c>style.format</c>).</exception>
    /// <exception cref="WeightFormatException">The file is not a style file, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StyleStatistics Load(string path)
    {
        InputFile.Require("style file", path);
        return Read(path, File.ReadAllBytes(path));
    }

    internal static StyleStatistics Read(string path, byte[] bytes)
    {
        if (!StyleStatistics.IsStyleFile(bytes) && IsPicture(bytes))
        {
            throw CodedException.Failed("style.format", $"'{path}' is a picture, but a style file is needed.",
                "extract the style of the picture first");
        }

        try
        {
            return StyleStatistics.Read(new MemoryStream(bytes));
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"{InputFile.Shown(path)}: {error.Message}", error);
        }
    }

    private static bool IsPicture(byte[] bytes)
    {
        try
        {
            _ = PictureFile.Identify(bytes);
            return true;
        }
        catch (ImageFormatException)
        {
            return false;
        }
    }
}
