#:project ../../src/Atelier/Atelier.csproj

// Three ways to the same goal: dotnet run docs/tutorial/06-optimizing.cs -- SIZE FOLDER

using Atelier;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 448;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

StylizeOptions coarseToFine = StylizeOptions.Default with { Size = size };
StylizeOptions oneSize = coarseToFine with { MinSize = size, Iterations = 100 };
(string Name, StylizeOptions Options)[] ways =
[
    ("from noise, one size", oneSize with { Init = InitKind.Noise }),
    ("from the photograph, one size", oneSize),
    ("from coarse to fine", coarseToFine),
];

// Each way is a row of three moments: early, halfway, done.
using Stylizer stylizer = new();
List<ContactCell> cells = [];
foreach ((string name, StylizeOptions options) in ways)
{
    Snapshots snapshots = new(0.05, 0.3);
    StylizeResult result = stylizer.Stylize(
        new StylizeRequest
        {
            Content = PictureFile.Load("examples/photos/city-river.png"),
            Styles = [PictureFile.Load("examples/artworks/stained-glass.png")],
            Options = options,
        },
        snapshots);
    foreach (Picture picture in (Picture[])[.. snapshots.Taken, result.Picture])
        cells.Add(new ContactCell(Resampler.Resize(picture, (size + 1) / 2), name));

    // Each way leaves a plot of how the terms fell; that of the last one stays.
    LossPlot plot = new() { Title = $"The terms of the loss, {name}", Scales = result.Scales };
    File.WriteAllText(Path.Combine(folder, "06-losses.svg"), plot.Draw());
}

ContactSheet sheet = new() { Title = "After 5 %, 30 % and all of the work", Cells = [.. cells], Columns = 3 };
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "06-ways.jpg"), new EncodeOptions { Quality = 80 });

/// <summary>Keeps the picture as it stands when certain shares of the work are done.</summary>
internal sealed class Snapshots(params double[] shares) : IProgress<StylizeProgress>
{
    public List<Picture> Taken { get; } = [];

    public void Report(StylizeProgress value)
    {
        if (Taken.Count < shares.Length && value.Fraction >= shares[Taken.Count])
            Taken.Add(value.Preview());
    }
}
