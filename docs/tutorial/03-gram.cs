#:project ../../src/Atelier/Atelier.csproj

// What a Gram matrix knows of a picture, and what it forgets: dotnet run docs/tutorial/03-gram.cs -- SIZE FOLDER

using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;

int size = args.Length > 0 ? int.Parse(args[0]) : 256;
string folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : "artifacts/tutorial").FullName;

Picture Load(string name) => Resampler.Resize(PictureFile.Load($"examples/{name}.png"), size);
Picture night = Load("artworks/impasto-night");
(string Name, Picture Picture)[] pictures =
[
    ("the artwork", night),
    ("the same, cut up and shuffled", Shuffle(night, size / 4)),
    ("another artwork", Load("artworks/woodblock-wave")),
    ("a photograph", Load("photos/mountain-lake")),
];

// How far is each picture's Gram matrix from the artwork's?
using Inspector inspector = new("compact");
GramMatrix GramOf(Picture picture) => inspector.Grams(picture, LayerSelection.Parse("relu3_1"))[0];
GramMatrix wanted = GramOf(night);
ContactSheet sheet = new()
{
    Title = "Distance from the artwork's Gram matrix at relu3_1",
    Cells = [.. pictures.Select(each =>
        new ContactCell(each.Picture, $"{each.Name}: {GramOf(each.Picture).Minus(wanted).StyleLoss:F3}"))],
    Columns = 4,
};
PictureFile.Save(sheet.Draw(), Path.Combine(folder, "03-distances.jpg"), new EncodeOptions { Quality = 80 });

// The matrices themselves: channels down and across, bright where two are active together.
GramFigure figure = new()
{
    Title = "Gram matrices at relu3_1",
    First = wanted,
    FirstName = pictures[0].Name,
    Second = GramOf(pictures[3].Picture),
    SecondName = pictures[3].Name,
};
PictureFile.Save(figure.Draw(), Path.Combine(folder, "03-gram.png"));

// Cuts a picture into squares and lays them in another order, always the same one.
static Picture Shuffle(Picture picture, int side)
{
    (int columns, int rows) = (picture.Width / side, picture.Height / side);
    int[] order = [.. Enumerable.Range(0, columns * rows)];
    new Random(1).Shuffle(order);
    Canvas shuffled = new(columns * side, rows * side, Ink.White);
    foreach ((int to, int from) in order.Index())
    {
        Canvas square = new(side, side, Ink.White);
        square.DrawPicture(picture, -(from % columns * side), -(from / columns * side));
        shuffled.DrawPicture(square.Picture, to % columns * side, to / columns * side);
    }

    return shuffled.Picture;
}
