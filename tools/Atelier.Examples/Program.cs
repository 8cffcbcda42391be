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
    ("artworks/garden-dabs", GardenDabs.Draw),
    ("artworks/ink-hatching", InkHatching.Draw),
];

// Arguments: the folder to write to, then part of a name to draw only the pictures that have it.
string folder = args.Length > 0 ? args[0] : "examples";
string only = args.Length > 1 ? args[1] : "";
foreach ((string name, Func<Canvas> draw) in pictures.Where(picture => picture.Name.Contains(only)))
{
    long start = Stopwatch.GetTimestamp();
    string path = Path.Combine(folder, name + ".png");
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    draw().Save(path);
    Console.WriteLine($"{name}.png  {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
}
