#:project ../../src/Atelier/Atelier.csproj

// A photograph in the style of an artwork, at four strengths: dotnet run docs/tutorial/05-painting.cs -- SIZE FOLDER

using Atelier;
using Atelier.Imaging;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 320;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture photograph = PictureFile.Load("examples/photos/mountain-lake.png");
Picture artwork = PictureFile.Load("examples/artworks/impasto-night.png");
List<ContactCell> cells =
[
    new(Resampler.Resize(photograph, size), "the photograph"),
    new(Resampler.Resize(artwork, size), "the artwork"),
];

// Only the content's weight changes: the style's is 1.
using Stylizer stylizer = new();
foreach (double weight in (double[])[3, 0.6, 0.12, 0.02])
{
    StylizeRequest request = new()
    {
        Content = photograph,
        Styles = [artwork],
        Options = StylizeOptions.Default with { Size = size, ContentWeight = weight },
    };
    StylizeResult result = stylizer.Stylize(request);
    cells.Add(new ContactCell(result.Picture, $"content weight {weight}"));
}

ContactSheet sheet = new() { Title = "From photograph to artwork", Cells = [.. cells], Columns = 2 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "05-painting.jpg"), new EncodeOptions { Quality = 80 });
