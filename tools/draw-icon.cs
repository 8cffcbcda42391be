// Draws docs/images/icon.png, the icon of the packages: the middle of an example photograph, painted in the style of an
// example artwork. Run from the repository's root: dotnet run -c Release tools/draw-icon.cs
#:project ../src/Atelier/Atelier.csproj
#:property PublishAot=false
using Atelier;
using Atelier.Imaging;
using Atelier.Options;

const int Side = 128;
Picture photograph = PictureFile.Load("examples/photos/mountain-lake.png");
Picture small = Resampler.Resize(photograph, 4 * Side * photograph.Width / photograph.Height);
Canvas middle = new(4 * Side, 4 * Side, Ink.White);
middle.DrawPicture(small, (middle.Picture.Width - small.Width) / 2, 0);

using Stylizer stylizer = new();
StylizeRequest request = new()
{
    Content = middle.Picture,
    Styles = [PictureFile.Load("examples/artworks/impasto-night.png")],
    Options = Presets.ByName["normal"] with { Size = 2 * Side },
};
StylizeResult result = stylizer.Stylize(request);
PictureFile.Save(Resampler.Resize(result.Picture, Side, Side), "docs/images/icon.png");
