using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.Docs;

/// <summary>The library sample of the README, compiled and run as it stands there.</summary>
public sealed class ReadmeSample
{
    [Fact]
    public void Readme_LibrarySample_IsThisCodeAndPaints()
    {
        string folder = Directory.CreateTempSubdirectory("atelier-readme").FullName;
        try
        {
            string[] pictures = ["examples/photos/mountain-lake.png", "examples/artworks/impasto-night.png"];
            foreach (string file in pictures)
            {
                Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(file)!));
                File.Copy(Repository.PathOf(file), Path.Combine(folder, file));
            }

            Run(folder);
            Picture painted = PictureFile.Load(Path.Combine(folder, "painted.png"));
            Assert.Equal((512, 384), (painted.Width, painted.Height));
            Assert.True(painted.Red.Max() - painted.Red.Min() > 0.5f, "The picture is flat.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");
        string block = readme.Split("```csharp\n")[1].Split("```")[0];
        string[] sample = [.. block.Split('\n').Where(line =>
            line.Length > 0 && !line.StartsWith("using Atelier", StringComparison.Ordinal))];
        string source = File.ReadAllText(
            Repository.PathOf("tests", "Atelier.PublicApi.Tests", "Docs", "ReadmeSample.cs"));
        Assert.All(sample, line => Assert.Contains(
            line.Replace("(\"", "(folder + \"/", StringComparison.Ordinal)
                .Replace(", \"painted", ", folder + \"/painted", StringComparison.Ordinal),
            source, StringComparison.Ordinal));
    }

    // The README's lines, with the folder put before the file names.
    private static void Run(string folder)
    {
        Picture photograph = PictureFile.Load(folder + "/examples/photos/mountain-lake.png");
        Picture artwork = PictureFile.Load(folder + "/examples/artworks/impasto-night.png");

        using Stylizer stylizer = new();
        StylizeRequest request = new() { Content = photograph, Styles = [artwork], Options = Presets.ByName["draft"] };
        StylizeResult result = stylizer.Stylize(request);

        PictureFile.Save(result.Picture, folder + "/painted.png");
    }
}
