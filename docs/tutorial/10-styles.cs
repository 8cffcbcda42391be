#:project ../../src/Atelier/Atelier.csproj

// Between two styles, and beyond: dotnet run docs/tutorial/10-styles.cs -- SIZE FOLDER

using Atelier;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

int size = args.Length > 0 ? int.Parse(args[0]) : 320;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

// A style can be measured once and kept in a file: from here on the artwork is not needed.
using Stylizer stylizer = new();
StyleStatistics wave = stylizer.Extract(
    [PictureFile.Load("examples/artworks/woodblock-wave.png")], StylizeOptions.Default);
wave.Save(Path.Combine(folder, "wave.atelierstyle"));
StyleStatistics kept = StyleStatistics.Load(Path.Combine(folder, "wave.atelierstyle"));

// The shares of the two styles sum to 1. A negative one leads away from a style.
Picture dabs = PictureFile.Load("examples/artworks/garden-dabs.png");
List<ContactCell> cells = [];
foreach (double share in (double[])[1.5, 1, 0.75, 0.5, 0.25, 0])
{
    StylizeResult result = stylizer.Stylize(new StylizeRequest
    {
        Content = PictureFile.Load("examples/photos/city-river.png"),
        Styles = [kept, dabs],
        Options = StylizeOptions.Default with { Size = size, StyleWeights = [share, 1 - share] },
    });
    cells.Add(new ContactCell(result.Picture, $"{share} waves, {1 - share} dabs"));
}

ContactSheet sheet = new() { Title = "From one style to another", Cells = [.. cells], Columns = 3 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "10-styles.jpg"), new EncodeOptions { Quality = 80 });
