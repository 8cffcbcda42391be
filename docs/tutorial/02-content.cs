#:project ../../src/Atelier/Atelier.csproj

// What a layer remembers of a photograph: dotnet run docs/tutorial/02-content.cs -- SIZE FOLDER

using Atelier;
using Atelier.Imaging;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 256;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture photograph = PictureFile.Load("examples/photos/still-life.png");
List<ContactCell> cells = [new(Resampler.Resize(photograph, size), "the photograph")];

// Start from noise, and look for a picture to which the layer answers as it answers to the photograph.
using Stylizer stylizer = new();
foreach (string layer in (string[])["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"])
{
    StylizeOptions options = Presets.ByName["reconstruct"] with
    {
        Size = size,
        ContentLayers = LayerSelection.Parse(layer),
    };
    StylizeResult result = stylizer.Stylize(new StylizeRequest
    {
        Content = photograph,
        Styles = [],
        Options = options,
    });
    cells.Add(new ContactCell(result.Picture, $"from {layer}"));
}

ContactSheet sheet = new() { Title = "What each layer remembers", Cells = [.. cells], Columns = 3 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "02-content.jpg"), new EncodeOptions { Quality = 80 });
