#:project ../../src/Atelier/Atelier.csproj

// Four improvements of the style of 2015, one by one: dotnet run docs/tutorial/08-improvements.cs -- SIZE FOLDER

using Atelier;
using Atelier.Imaging;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 320;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

// The Gram matrices of five layers, and around them everything as in the preset that has all four improvements.
StylizeOptions improved = Presets.ByName["improved"] with { Size = size };
StylizeOptions plain = improved with
{
    StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1,relu4_1,relu5_1"),
    LayerWeights = LayerWeighting.Equal,
    ActivationShift = 0,
    CorrelationChain = false,
};

// Each changes how large the style's term is; the content's weight goes with it, so that all keep as much photograph.
(string Name, double ContentWeight, StylizeOptions Options)[] variants =
[
    ("as in 2015", 0.03, plain),
    ("all layers", 0.03, plain with { StyleLayers = LayerSelection.All }),
    ("geometric weights", 0.01, plain with { LayerWeights = LayerWeighting.Geometric }),
    ("shift -1", 0.03, plain with { ActivationShift = -1 }),
    ("correlation chain", 0.03, plain with { CorrelationChain = true }),
    ("all four", 0.001, improved),
];

using Stylizer stylizer = new();
List<ContactCell> cells = [];
foreach ((string name, double contentWeight, StylizeOptions options) in variants)
{
    StylizeResult result = stylizer.Stylize(new StylizeRequest
    {
        Content = PictureFile.Load("examples/photos/mountain-lake.png"),
        Styles = [PictureFile.Load("examples/artworks/woodblock-wave.png")],
        Options = options with { ContentWeight = contentWeight },
    });
    cells.Add(new ContactCell(result.Picture, name));
}

ContactSheet sheet = new() { Title = "One improvement at a time, and all", Cells = [.. cells], Columns = 3 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "08-improvements.jpg"), new EncodeOptions { Quality = 80 });
