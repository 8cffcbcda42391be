// Makes the example pictures of the studio from those in examples: smaller files, which its assembly contains. Run from
// the repository's root: dotnet run -c Release tools/shrink-examples.cs
#:project ../src/Atelier.Imaging/Atelier.Imaging.csproj
#:property PublishAot=false
using Atelier.Imaging;

const int MaxSide = 1024;
foreach ((string from, string to) in ((string, string)[])[("photos", "photographs"), ("artworks", "artworks")])
{
    string folder = Directory.CreateDirectory($"apps/Atelier.Studio/Examples/{to}").FullName;
    foreach (string path in Directory.EnumerateFiles($"examples/{from}", "*.png"))
    {
        Picture picture = PictureFile.Load(path);
        if (Math.Max(picture.Width, picture.Height) > MaxSide)
        {
            picture = Resampler.Resize(picture, MaxSide);
        }

        string name = $"{Path.GetFileNameWithoutExtension(path)}.jpg";
        EncodeOptions encode = new() { Quality = 80, JpegSubsampling = true };
        PictureFile.Save(picture, Path.Combine(folder, name), encode);
    }
}
