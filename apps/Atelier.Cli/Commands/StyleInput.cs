using Atelier.Recipes;
using Atelier.Styles;
using Atelier.Weights;

namespace Atelier.Cli.Commands;

/// <summary>An artwork or a style file that was read, and how a recipe names it.</summary>
internal sealed record StyleInput(Style Style, RecipePicture Name, IReadOnlyList<string> Warnings)
{
    public static StyleInput Load(Host host, PictureSource source)
    {
        host.Interrupt.ThrowIfCancellationRequested();
        byte[] bytes = InputFile.ReadBytes(host, source.Path);
        if (!StyleStatistics.IsStyleFile(bytes))
        {
            InputFile file = InputFile.Decode(source, bytes);
            return new StyleInput(file.Picture, file.Name, [.. file.Warnings]);
        }

        try
        {
            StyleStatistics statistics = StyleStatistics.Read(new MemoryStream(bytes));
            return new StyleInput(statistics, RecipePicture.Of(source.NamedAs, bytes), []);
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"{InputFile.Shown(source.Path)}: {error.Message}", error);
        }
    }
}
