using System.Collections.Immutable;
using System.Globalization;
using Atelier.Imaging;

namespace Atelier.Guides;

/// <summary>The flat colors of label pictures.</summary>
internal sealed class LabelColors
{
    /// <summary>A picture with more colors than this is not a label picture.</summary>
    internal const int MaxCount = 24;

    // In 8-bit levels. Compression and resizing change a flat color by less than this.
    private const int Tolerance = 40;

    // Minimum fraction of the picture in which a color is most frequent. Colors with fewer pixels are blends between
    // two regions.
    private const double MinShare = 0.002;

    // Maximum fraction of a picture. Blends at the edges of regions differ from every color by more than the tolerance,
    // but are few.
    private const double MaxStray = 0.1;

    private readonly ImmutableArray<(int Red, int Green, int Blue)> _colors;

    private LabelColors(ImmutableArray<(int Red, int Green, int Blue)> colors) => _colors = colors;

    /// <summary>Clearly distinguishable colors, for generated label pictures.</summary>
    internal static LabelColors Standard { get; } = new(
    [
        (66, 133, 244), (244, 196, 48), (15, 157, 88), (219, 68, 55), (150, 80, 200), (0, 188, 212),
        (255, 128, 0), (121, 85, 72), (236, 130, 180), (158, 200, 60), (40, 60, 120), (128, 128, 128),
    ]);

    internal int Count => _colors.Length;

    /// <summary>Finds the flat colors of label pictures that belong together, most frequent first.</summary>
    /// <exception cref="OptionsException">A picture has no flat colors.</exception>
    internal static LabelColors Find(IReadOnlyList<(string Name, Picture Picture)> pictures)
    {
        Dictionary<(int, int, int), double> shares = [];
        foreach ((string _, Picture picture) in pictures)
        {
            IEnumerable<((int, int, int) Color, int Count)> colors =
                Enumerable.Range(0, picture.Red.Length).CountBy(i => ColorAt(picture, i)).Select(x => (x.Key, x.Value));
            foreach (((int, int, int) color, int count) in colors)
            {
                double share = (double)count / picture.Red.Length;
                shares[color] = Math.Max(share, shares.GetValueOrDefault(color));
            }
        }

        List<(int Red, int Green, int Blue)> chosen = [];
        IEnumerable<(int, int, int)> frequent = shares.Where(each => each.Value >= MinShare)
            .OrderByDescending(each => each.Value).ThenBy(each => each.Key).Select(each => each.Key);
        foreach ((int, int, int) color in frequent)
        {
            if (chosen.TrueForAll(other => Distance(color, other) > Tolerance))
            {
                chosen.Add(color);
            }
        }

        LabelColors found = new([.. chosen]);
        foreach ((string name, Picture picture) in pictures)
            found.RequireFlat(name, picture);
        return found;
    }

    /// <summary>Returns the index of the nearest color for each pixel.</summary>
    internal LabelMap Read(Picture picture)
    {
        Dictionary<(int, int, int), int> known = [];
        int[] labels = new int[picture.Red.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            (int, int, int) color = ColorAt(picture, i);
            if (!known.TryGetValue(color, out int label))
            {
                label = Enumerable.Range(0, Count).MinBy(each => Distance(color, _colors[each]));
                known[color] = label;
            }

            labels[i] = label;
        }

        return new LabelMap(picture.Height, picture.Width, labels);
    }

    /// <summary>Draws a label map as a label picture.</summary>
    internal Picture Paint(LabelMap map)
    {
        float[] Plane(Func<(int Red, int Green, int Blue), int> channel)
            => Array.ConvertAll(map.Labels, label => channel(_colors[label]) / 255f);
        return new Picture(map.Width, map.Height, Plane(c => c.Red), Plane(c => c.Green), Plane(c => c.Blue));
    }

    /// <summary>Returns a color as shown in messages.</summary>
    internal string NameOf(int label)
    {
        (int red, int green, int blue) = _colors[label];
        return string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");
    }

    private void RequireFlat(string name, Picture picture)
    {
        int stray = Count == 0 ? picture.Red.Length : Enumerable.Range(0, picture.Red.Length).Count(
            i => _colors.All(color => Distance(ColorAt(picture, i), color) > Tolerance));
        if (Count > MaxCount || stray > MaxStray * picture.Red.Length)
        {
            throw new OptionsException(new Problem(
                "regions", "is not a label picture, as it has more than a few flat colors",
                $"paint every region in its own color, at most {MaxCount}, without shading, the same in every " +
                "picture")
            {
                Subject = name,
            });
        }
    }

    private static (int Red, int Green, int Blue) ColorAt(Picture picture, int index)
        => (Level(picture.Red[index]), Level(picture.Green[index]), Level(picture.Blue[index]));

    private static int Level(float sample) => (int)MathF.Round(Math.Clamp(sample, 0f, 1f) * 255);

    private static int Distance((int Red, int Green, int Blue) a, (int Red, int Green, int Blue) b)
        => Math.Max(Math.Abs(a.Red - b.Red), Math.Max(Math.Abs(a.Green - b.Green), Math.Abs(a.Blue - b.Blue)));
}
