using System.Text;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop.Variations;

namespace Atelier.Studio.Variations;

/// <summary>Words a grid as a command of the command-line tool.</summary>
public static class SweepCommand
{
    /// <summary>Returns the command that paints the same drafts on a sheet.</summary>
    public static string Of(VariationPlan plan, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(folder);
        Axis[] axes = plan.Down is null ? [plan.Across] : [plan.Across, plan.Down];
        PaintingChoice choice = plan.Basis with
        {
            Artworks = plan.VariesArtwork ? [] : plan.Basis.Artworks,
            Preset = plan.VariesPreset ? PaintingChoice.DefaultPreset : plan.Basis.Preset,
        };
        StringBuilder command = CommandLine
            .Begin("sweep", CommandLine.InputOf(choice, folder), choice, folder, plan.Guides)
            .With(plan.SharedChanges.Where(option => axes.All(axis => axis.Name != option.Name)), plan.SharedOptions);
        foreach (Axis axis in axes)
            command.Append(" --vary ").Append(CommandLine.Quote($"{axis.Name}={ValuesOf(axis, plan, folder)}"));
        return command.Append(" -o drafts.png").ToString();
    }

    private static string ValuesOf(Axis axis, VariationPlan plan, StudioFolder folder)
    {
        string[] values = axis.Name == Variation.Style
            ? [.. plan.Cells.Select(cell => CommandLine.PathOf(cell.Choice.Artworks[0], folder)).Distinct()]
            : [.. axis.Values];
        return string.Join(values.Any(value => value.Contains(',')) ? ';' : ',', values);
    }
}
