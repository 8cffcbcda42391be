using System.Diagnostics;
using Atelier.Examples;
using Atelier.Examples.Artworks;
using Atelier.Examples.Photos;

(string Name, Func<Canvas> Draw)[] pictures =
[
    ("photos/mountain-lake", MountainLake.Draw),
    ("photos/city-river", CityRiver.Draw),
    ("photos/still-life", StillLife.Draw),
    ("artworks/impasto-night", ImpastoNight.Draw),
    ("artworks/stained-glass", StainedGlass.Draw),
    ("artworks/woodblock-wave", WoodblockWave.Draw),
    ("artworks/ink-hatching", InkHatching.Draw),
];

string folder = args.Length > 0 ? args[0] : "examples";
string only = args.Length > 1 ? args[1] : "";
foreach ((string name, Func<Canvas> draw) in pictures.Where(picture => picture.Name.Contains(only)))
{
    long start = Stopwatch.GetTimestamp();
    PictureWriter.Save(draw(), Path.Combine(folder, name + ".png"));
    Console.WriteLine($"{name}.png  {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
}
