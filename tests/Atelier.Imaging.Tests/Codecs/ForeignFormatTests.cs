using System.Text;

namespace Atelier.Imaging.Tests.Codecs;

/// <summary>Files that are not read are named, with what to do.</summary>
public sealed class ForeignFormatTests
{
    [Theory]
    [InlineData("\u00FF\n\u00F8", "JPEG XL", "convert it")]
    [InlineData("\0\0\0\u000CJXL \r\n\u0087\n", "JPEG XL", "convert it")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC", "register a format")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1avif", "AVIF", "register a format")]
    [InlineData("\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom", "camera raw", "develop it")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\u0002\0isommp41", "MP4", "save a frame")]
    [InlineData("\0\0\0\u0014ftypqt  \0\0\0\0qt  ", "QuickTime", "save a frame")]
    [InlineData("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ", "WebP", "register a format")]
    [InlineData("RIFF\u0001\u0002\u0003\u0004AVI LIST", "AVI", "save a frame")]
    [InlineData("II*\0\u0008\0\0\0", "TIFF", "register a format")]
    [InlineData("II*\0\u0010\0\0\0CR\u0002\0", "camera raw", "develop it")]
    [InlineData("8BPS\0\u0001", "Photoshop", "export it")]
    [InlineData("%PDF-1.7\n", "PDF", "export it")]
    [InlineData("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">", "SVG", "export it")]
    [InlineData("  <svg width=\"3\">", "SVG", "export it")]
    [InlineData("<!DOCTYPE html>\n<html>", "web page", "download")]
    [InlineData("\u001AE\u00DF\u00A3\u0001", "Matroska", "save a frame")]
    [InlineData("PK\u0003\u0004", "ZIP", "unpack")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "Git LFS", "fetch")]
    [InlineData("\u0040\0\0\0\0\0\0\0{\"__metadata__\":{}}", "style file", "a picture is needed")]
    public void Decode_AFileOfAnotherKind_NamesItAndSaysWhatToDo(string start, string name, string remedy)
    {
        byte[] file = [.. Encoding.Latin1.GetBytes(start), .. new byte[200]];

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Contains("PNG", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, Assert.Throws<ImageFormatException>(() => PictureFile.Identify(file)).Message);
    }

    [Fact]
    public void Decode_UnknownBytes_ListsWhatIsRead()
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(Encoding.Latin1.GetBytes("a text of no meaning, long enough")));

        Assert.Contains("PNG, JPEG, BMP, PNM, GIF, QOI", error.Message, StringComparison.Ordinal);
        Assert.Contains("TGA", error.Message, StringComparison.Ordinal);
    }
}
