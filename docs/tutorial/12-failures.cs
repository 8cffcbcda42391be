#:project ../../src/Atelier/Atelier.csproj

// What goes wrong, and what mends it: dotnet run docs/tutorial/12-failures.cs -- SIZE FOLDER

using Atelier;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Regions;

int size = args.Length > 0 ? int.Parse(args[0]) : 288;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture lake = PictureFile.Load("examples/photos/mountain-lake.png");
Picture fruit = PictureFile.Load("examples/photos/still-life.png");
Picture night = PictureFile.Load("examples/artworks/impasto-night.png");
Picture waves = PictureFile.Load("examples/artworks/woodblock-wave.png");
Picture glass = PictureFile.Load("examples/artworks/stained-glass.png");
StylizeOptions usual = StylizeOptions.Default with { Size = size };
using Stylizer stylizer = new();
List<ContactCell> cells = [];

Paint("the photograph is lost", fruit, waves, usual with { ContentWeight = 0.02 });
Paint("more content: 0.6", fruit, waves, usual with { ContentWeight = 0.6 });

Paint("stars where none belong", lake, night, usual);
using RegionFinder finder = new();
SpatialGuides skyTakesSky = new() { Labels = finder.Find(lake, [night], 2) };
Paint("sky takes sky", lake, night, usual, skyTakesSky);

Paint("strokes as large as the fruit", fruit, glass, usual);
Paint("finer strokes: 0.4", fruit, glass, usual with { StyleScale = 0.4 });

Paint("steps too long: 0.6", lake, waves, usual with { LearningRate = 0.6, LearningRateEnd = 1 });
Paint("steps as usual: 0.03", lake, waves, usual);

Paint("fruit in the wrong colors", fruit, night, usual);
Paint("only brightness is painted", fruit, night, usual with { Color = ColorKind.Luminance });

StylizeOptions fromNoise = usual with { Init = InitKind.Noise };
Paint("not finished: 28 steps from noise", lake, glass, fromNoise with { MinSize = size });
Paint("from noise, coarse to fine", lake, glass, fromNoise);

ContactSheet sheet = new() { Title = "Failures, and what mends them", Cells = [.. cells], Columns = 4 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "12-failures.jpg"), new EncodeOptions { Quality = 80 });

void Paint(string name, Picture photograph, Picture artwork, StylizeOptions options, SpatialGuides? guides = null)
{
    StylizeRequest request = new()
    {
        Content = photograph,
        Styles = [artwork],
        Options = options,
        Guides = guides ?? SpatialGuides.None,
    };
    cells.Add(new ContactCell(stylizer.Stylize(request).Picture, name));
}
