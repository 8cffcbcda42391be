using Atelier.Guides;
using Atelier.Imaging;

namespace Atelier.Workshop.Outputs;

/// <summary>The label pictures of automatic regions, saved beside a result, so that the user can correct them and use
/// them in another run.</summary>
/// <param name="result">The path of the result.</param>
/// <param name="mayReplace">Whether existing pictures with different regions, which may be such corrections, may be
/// replaced.</param>
public sealed class RegionFiles(string result, bool mayReplace)
{
    /// <summary>Returns the files for a result; null if the result is not written to a file.</summary>
    public static RegionFiles? Beside(string result, bool mayReplace)
        => result == OutputFile.StandardOutput ? null : new RegionFiles(result, mayReplace);

    /// <summary>Writes the label pictures. Returns their paths.</summary>
    /// <param name="labels">The regions.</param>
    /// <param name="inputs">Files that are never replaced.</param>
    /// <exception cref="CodedException">A file is an input, or exists with different regions.</exception>
    public IReadOnlyList<string> Save(RegionLabels labels, IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Picture[] pictures = [labels.Content, .. labels.Styles];
        string[] paths = Paths(labels.Styles.Length);
        foreach ((string path, Picture picture) in paths.Zip(pictures))
        {
            if (!mayReplace && File.Exists(path) && !IsSame(path, picture))
            {
                throw CodedException.Failed(
                    "output.exists", $"'{path}' exists and contains different regions.",
                    "if you corrected it, supply it as the label picture; or allow it to be replaced", "regions");
            }
        }

        foreach ((string path, Picture picture) in paths.Zip(pictures))
        {
            OutputPath.RequireNoInput(path, inputs);
            PictureFile.Save(picture, path);
        }

        return paths;
    }

    private string[] Paths(int styleCount)
    {
        string stem = Path.Combine(Path.GetDirectoryName(result) ?? "", Path.GetFileNameWithoutExtension(result));
        IEnumerable<string> styles = styleCount == 1
            ? [$"{stem}.style-regions.png"]
            : Enumerable.Range(1, styleCount).Select(number => $"{stem}.style-regions{number}.png");
        return [$"{stem}.regions.png", .. styles];
    }

    private static bool IsSame(string path, Picture picture)
    {
        try
        {
            Picture old = PictureFile.DecodeSamples(File.ReadAllBytes(path));
            return (old.Width, old.Height) == (picture.Width, picture.Height)
                && old.Red.AsSpan().SequenceEqual(picture.Red) && old.Green.AsSpan().SequenceEqual(picture.Green)
                && old.Blue.AsSpan().SequenceEqual(picture.Blue);
        }
        catch (AtelierException)
        {
            return false;
        }
    }
}
