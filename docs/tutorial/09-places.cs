#:project ../../src/Atelier/Atelier.csproj

// Each style in its place: dotnet run docs/tutorial/09-places.cs -- SIZE FOLDER

using Atelier;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Regions;
using Atelier.Styles;

int size = args.Length > 0 ? int.Parse(args[0]) : 320;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture photograph = PictureFile.Load("examples/photos/mountain-lake.png");
Picture night = PictureFile.Load("examples/artworks/impasto-night.png");
Picture waves = PictureFile.Load("examples/artworks/woodblock-wave.png");
using Stylizer stylizer = new();
List<ContactCell> cells = [];

// A mask says where a style acts: here, the upper half, with a soft border. The other style takes the rest.
Picture upper = Brightness((_, y) => (0.55 - y) * 10);
SpatialGuides halves = new() { StyleMasks = [StyleMask.FromPicture(upper), StyleMask.Rest] };
Paint(upper, "a mask", [night, waves], halves);

// What is to be preserved stays the photograph: here, an oval in the middle.
Picture oval = Brightness((x, y) => 4 - (40 * ((x - 0.5) * (x - 0.5) + (y - 0.35) * (y - 0.35))));
Paint(oval, "what is preserved", [waves], new SpatialGuides { Preserve = oval });

// Or let the photograph and the artwork be divided into what they have in common: sky takes sky.
using RegionFinder finder = new();
RegionLabels labels = finder.Find(photograph, [night], 2);
Paint(labels.Content, "two regions", [night], new SpatialGuides { Labels = labels });

ContactSheet sheet = new() { Title = "Guides, and what they do", Cells = [.. cells], Columns = 2 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "09-places.jpg"), new EncodeOptions { Quality = 80 });

void Paint(Picture guide, string name, Style[] styles, SpatialGuides guides)
{
    StylizeRequest request = new()
    {
        Content = photograph,
        Styles = [.. styles],
        Options = StylizeOptions.Default with { Size = size },
        Guides = guides,
    };
    cells.Add(new ContactCell(Resampler.Resize(guide, size), name));
    cells.Add(new ContactCell(stylizer.Stylize(request).Picture, "the painting"));
}

// A gray picture; places go from 0 to 1, left to right and downward.
Picture Brightness(Func<double, double, double> at)
{
    (int width, int height) = (photograph.Width / 4, photograph.Height / 4);
    float[] gray = [.. Enumerable.Range(0, width * height).Select(
        i => (float)Math.Clamp(at(i % width / (double)width, i / width / (double)height), 0, 1))];
    return new Picture(width, height, gray, gray, gray);
}
