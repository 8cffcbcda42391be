#:project ../../src/Atelier/Atelier.csproj

// Style without a photograph, layer by layer: dotnet run docs/tutorial/04-texture.cs -- SIZE FOLDER

using Atelier;
using Atelier.Imaging;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 256;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture artwork = PictureFile.Load("examples/artworks/impasto-night.png");
List<ContactCell> cells = [new(Resampler.Resize(artwork, size), "the artwork")];

// Each texture agrees with the artwork in one more layer than the one before.
using Stylizer stylizer = new();
string[] layers = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];
for (int depth = 1; depth <= layers.Length; depth++)
{
    StylizeOptions options = Presets.ByName["texture"] with
    {
        Size = size,
        StyleLayers = LayerSelection.Parse(string.Join(',', layers[..depth])),
    };
    StylizeResult result = stylizer.Stylize(new StylizeRequest
    {
        Content = null,
        Styles = [artwork],
        Options = options,
    });
    cells.Add(new ContactCell(result.Picture, depth == 1 ? layers[0] : $"relu1_1 to {layers[depth - 1]}"));
}

ContactSheet sheet = new() { Title = "The style alone", Cells = [.. cells], Columns = 3 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "04-texture.jpg"), new EncodeOptions { Quality = 80 });
