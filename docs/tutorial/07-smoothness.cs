#:project ../../src/Atelier/Atelier.csproj

// Grain, and the term against it: dotnet run docs/tutorial/07-smoothness.cs -- SIZE FOLDER

using Atelier;
using Atelier.Imaging;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 384;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

// The same painting with more and more smoothness; of each, the middle is shown twice as large.
using Stylizer stylizer = new();
List<ContactCell> cells = [];
foreach (double weight in (double[])[0, 6, 60, 600])
{
    StylizeResult result = stylizer.Stylize(new StylizeRequest
    {
        Content = PictureFile.Load("examples/photos/still-life.png"),
        Styles = [PictureFile.Load("examples/artworks/garden-dabs.png")],
        Options = StylizeOptions.Default with { Size = size, TvWeight = weight },
    });
    Canvas middle = new(size / 2, size / 2, Ink.White);
    middle.DrawPicture(result.Picture, (middle.Picture.Width - result.Picture.Width) / 2, -size / 4);
    cells.Add(new ContactCell(Resampler.Resize(middle.Picture, size), $"smoothness {weight}"));
}

ContactSheet sheet = new() { Title = "Smoothness", Cells = [.. cells], Columns = 2 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "07-smoothness.jpg"), new EncodeOptions { Quality = 80 });
