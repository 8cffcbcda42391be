#:project ../../src/Atelier/Atelier.csproj

// Whose colors: dotnet run docs/tutorial/11-colors.cs -- SIZE FOLDER

using Atelier;
using Atelier.Color;
using Atelier.Imaging;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 320;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture photograph = PictureFile.Load("examples/photos/mountain-lake.png");
Picture artwork = PictureFile.Load("examples/artworks/impasto-night.png");
Picture palette = PictureFile.Load("examples/photos/city-river.png");

// One painting, four answers, and once the colors of a third picture.
using Stylizer stylizer = new();
List<ContactCell> cells = [];
foreach ((ColorKind color, Picture? from, string name) in (ReadOnlySpan<(ColorKind, Picture?, string)>)
[
    (ColorKind.Style, null, "style: the artwork's"),
    (ColorKind.Match, null, "match: the artwork recolored first"),
    (ColorKind.Luminance, null, "luminance: only brightness is painted"),
    (ColorKind.Content, null, "content: put back at the end"),
    (ColorKind.Match, palette, "match, with a third picture's"),
])
{
    StylizeResult result = stylizer.Stylize(new StylizeRequest
    {
        Content = photograph,
        Styles = [artwork],
        Palette = from,
        Options = StylizeOptions.Default with { Size = size, Color = color },
    });
    cells.Add(new ContactCell(result.Picture, name));
}

// Colors alone, without any painting.
Picture recolored = Recoloring.Apply(photograph, palette);
cells.Add(new ContactCell(Resampler.Resize(recolored, size), "the photograph, recolored only"));

ContactSheet sheet = new() { Title = "Whose colors", Cells = [.. cells], Columns = 3 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "11-colors.jpg"), new EncodeOptions { Quality = 80 });
