using Atelier.Testing;

namespace Atelier.Imaging.Tests;

public sealed class PlanarPictureTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(4), InlineData(50)]
    public void Extend_ThenCrop_GivesThePictureBack(int margin)
    {
        PlanarPicture picture = Numbers.Planes(1, 5, 8), extended = picture.Extend(margin);
        Assert.Equal((5 + (2 * margin), 8 + (2 * margin)), (extended.Height, extended.Width));
        Assert.Equal(picture.Values, extended.Crop(margin).Values);
    }

    [Fact]
    public void Extend_MarginWiderThanThePicture_MirrorsAgainAndAgain()
    {
        PlanarPicture picture = new(1, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        PlanarPicture extended = picture.Extend(5);
        Assert.Equal([2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2], extended.Values[..13], (float a, float b) => a == b);
        Assert.Equal(extended.Values[..13], extended.Values[(10 * 13)..(11 * 13)]);
        Assert.Equal(8f, extended.Plane(2)[6]);
    }

    [Fact]
    public void FromAndToPicture_KeepThePlanes()
    {
        Picture picture = Numbers.Picture(2, 3, 7), back = PlanarPicture.From(picture).ToPicture();
        Assert.Equal((7, 3), (back.Width, back.Height));
        Assert.Equal(
            [.. picture.Red, .. picture.Green, .. picture.Blue], (float[])[.. back.Red, .. back.Green, .. back.Blue]);
    }

    [Fact]
    public void Resize_SameSize_IsThePictureItself()
    {
        PlanarPicture picture = Numbers.Planes(3, 4, 5);
        Assert.Same(picture, picture.Resize(4, 5));
        Assert.Equal(3 * 7 * 6, picture.Resize(7, 6).Values.Length);
    }
}
