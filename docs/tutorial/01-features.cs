#:project ../../src/Atelier/Atelier.csproj

// What a network sees of a photograph: dotnet run docs/tutorial/01-features.cs -- SIZE FOLDER

using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 384;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture photograph = Resampler.Resize(PictureFile.Load("examples/photos/city-river.png"), size);
LayerSelection layers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1,relu4_1,relu5_1");

// Each layer answers the photograph with a stack of maps. These are the seven strongest maps of five layers.
using Inspector inspector = new("compact");
FeatureSheet maps = new()
{
    Title = "A photograph as five layers see it",
    Picture = photograph,
    Layers = inspector.Features(photograph, layers),
    MaxChannels = 7,
};
PictureFile.Save(maps.Draw(), Path.Combine(folder, "01-features.jpg"), new EncodeOptions { Quality = 80 });

// And this is how much of the photograph one position of each layer looks at: here, a lit house by the river.
(int x, int y) = (photograph.Width / 2, photograph.Height / 2);
ReceptiveFieldFigure fields = new()
{
    Title = "What one position of each layer looks at",
    Picture = photograph,
    Fields = inspector.EffectiveReceptiveFields(photograph, layers, x, y),
};
PictureFile.Save(fields.Draw(), Path.Combine(folder, "01-fields.jpg"), new EncodeOptions { Quality = 80 });
