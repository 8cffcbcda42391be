using System.Diagnostics;
using Atelier.Examples;
using Atelier.Examples.Artworks;
using Atelier.Examples.Clips;
using Atelier.Examples.Photos;

Action<string> Still(Func<Canvas> draw) => path => draw().Save(path);
(string Name, Action<string> Draw)[] files =
[
    ("photos/mountain-lake.png", Still(MountainLake.Draw)),
    ("photos/city-river.png", Still(CityRiver.Draw)),
    ("photos/still-life.png", Still(StillLife.Draw)),
    ("photos/portrait.png", Still(Portrait.Draw)),
    ("artworks/impasto-night.png", Still(ImpastoNight.Draw)),
    ("artworks/stained-glass.png", Still(StainedGlass.Draw)),
    ("artworks/woodblock-wave.png", Still(WoodblockWave.Draw)),
    ("artworks/garden-dabs.png", Still(GardenDabs.Draw)),
    ("artworks/ink-hatching.png", Still(InkHatching.Draw)),
    ("clips/balloon.gif", Balloon.Draw),
];

// Arguments: the folder to write to, then part of a name to draw only the pictures that have it.
string folder = args.Length > 0 ? args[0] : "examples";
string only = args.Length > 1 ? args[1] : "";
foreach ((string name, Action<string> draw) in files.Where(file => file.Name.Contains(only)))
{
    long start = Stopwatch.GetTimestamp();
    string path = Path.Combine(folder, name);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    draw(path);
    Console.WriteLine($"{name}  {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
}
