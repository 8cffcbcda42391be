using System.Collections.Immutable;
using System.Text;
using Atelier.Imaging.Metadata;
using Atelier.Imaging.Tests.Codecs.Png;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Metadata;

public sealed class FileMetadataTests
{
    private static readonly Picture Painted = new(21, 13) { Metadata = TestMetadata.Full };

    [Theory]
    [InlineData(".png"), InlineData(".jpg")]
    public void Save_Metadata_IsKeptAndTrue(string extension)
    {
        Picture read = PictureFile.Decode(Encode(Painted, extension));

        Assert.Empty(read.Warnings);
        Assert.Equal((21, 13), (read.Width, read.Height));
        Assert.Equal(TestMetadata.Iptc, read.Metadata.Iptc!.Value.ToArray());
        Assert.Equal(300, read.Metadata.Resolution!.Value.X, 0.01);
        ExifBlock exif = ExifBlock.Read(read.Metadata.Exif!.Value.Span)!;
        Assert.Equal(Orientation.Normal, exif.Orientation);
        Assert.Equal(new PictureResolution(300, 300), exif.Resolution);
        string xmp = Encoding.UTF8.GetString(read.Metadata.Xmp!.Value.Span);
        Assert.Contains("tiff:Orientation=\"1\"", xmp, StringComparison.Ordinal);
        Assert.Contains("exif:PixelXDimension=\"21\"", xmp, StringComparison.Ordinal);
        Assert.Contains(">13</exif:PixelYDimension>", xmp, StringComparison.Ordinal);
        Assert.Contains("Zoë am See", xmp, StringComparison.Ordinal);
        Assert.Contains("<?xpacket end=\"w\"?>", xmp, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".png"), InlineData(".jpg")]
    public void Save_Position_IsKeptOnlyIfAskedFor(string extension)
    {
        byte[] without = Encode(Painted, extension);
        byte[] with = Encode(Painted, extension, new EncodeOptions { KeepLocation = true });
        bool Knows(byte[] file, out bool inXmp)
        {
            PictureMetadata metadata = PictureFile.Decode(file).Metadata;
            inXmp = Encoding.UTF8.GetString(metadata.Xmp!.Value.Span).Contains("GPS", StringComparison.Ordinal);
            return metadata.Exif!.Value.Span.IndexOf((byte[])[48, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0]) >= 0;
        }

        Assert.True(Knows(with, out bool isInXmp));
        Assert.True(isInXmp);
        Assert.False(Knows(without, out isInXmp));
        Assert.False(isInXmp);
    }

    [Fact]
    public void Made_Exif_HasTheSizeAndNoThumbnail()
    {
        byte[] made = ExifBlock.Made(TestMetadata.Exif, 21, 70_000, keepsLocation: true)!;

        Assert.Equal(-1, made.AsSpan().IndexOf("thumbnail"u8));
        Assert.True(made.Length < TestMetadata.Exif.Length);
        Assert.True(made.AsSpan().IndexOf("Camera"u8) > 0);
        Assert.True(made.AsSpan().IndexOf((byte[])[2, 0xA0, 4, 0, 1, 0, 0, 0, 21, 0, 0, 0]) > 0);
        Assert.True(made.AsSpan().IndexOf((byte[])[3, 0xA0, 4, 0, 1, 0, 0, 0, 0x70, 0x11, 1, 0]) > 0);
    }

    [Theory]
    [InlineData(".png"), InlineData(".jpg")]
    public void Save_Strip_LeavesOnlyTheProfile(string extension)
    {
        Picture picture = new(21, 13)
        {
            Metadata = TestMetadata.Full,
            Text = ImmutableDictionary<string, string>.Empty.Add("atelier:recipe", "{}"),
            IccProfile = TestProfiles.DisplayP3,
        };

        Picture read = PictureFile.Decode(Encode(picture, extension, new EncodeOptions { StripMetadata = true }));

        Assert.Equal(PictureMetadata.None, read.Metadata);
        Assert.Empty(read.Text);
        Assert.Equal(TestProfiles.DisplayP3, read.IccProfile!.Value.ToArray());
    }

    [Fact]
    public void Jpeg_Texts_ComeBack()
    {
        ImmutableDictionary<string, string> texts = ImmutableDictionary<string, string>.Empty
            .Add("atelier:recipe", "{ \"size\": 512 }").Add("Comment", "Nachtcafé 夜").Add("Title 2", "a: b\nc")
            .Add("Long", new string('x', 70_000));

        Picture read = PictureFile.Decode(Encode(new Picture(9, 5) { Text = texts }, ".jpg"));

        Assert.Equal(texts.Remove("Long").OrderBy(pair => pair.Key), read.Text.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Decode_TurnedPicture_TurnsItsResolution()
    {
        byte[] exif = [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] density = [.. TestPng.BigEndian(11_811), .. TestPng.BigEndian(5_906), 1];
        TestPng png = new(7, 3, 8, 2) { Chunks = [("pHYs", density), ("eXIf", exif)] };

        PictureResolution resolution = PictureFile.Decode(png.Build()).Metadata.Resolution!.Value;

        Assert.Equal((150, 300), (Math.Round(resolution.X), Math.Round(resolution.Y)));
    }

    [Theory]
    [InlineData("Raw profile type exif"), InlineData("Raw profile type APP1"), InlineData("XML:com.adobe.xmp")]
    public void Decode_PngOrientationInAText_TurnsThePicture(string keyword)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. TestMetadata.Exif];
        byte[] text = keyword.StartsWith("XML", StringComparison.Ordinal)
            ? TestMetadata.Xmp
            : Encoding.ASCII.GetBytes($"\nexif\n    {exif.Length}\n{Convert.ToHexStringLower(exif)}\n");
        byte[] body = keyword.StartsWith("XML", StringComparison.Ordinal)
            ? [.. Encoding.ASCII.GetBytes(keyword), 0, 0, 0, 0, 0, .. text]
            : [.. Encoding.ASCII.GetBytes(keyword), 0, 0, .. TestPng.Compress(text)];
        TestPng png = new(7, 3, 8, 2)
        {
            Chunks = [(keyword.StartsWith("XML", StringComparison.Ordinal) ? "iTXt" : "zTXt", body)],
        };

        Picture picture = PictureFile.Decode(png.Build());
        PictureInfo info = PictureFile.Identify(png.Build());

        Assert.Equal((3, 7), (picture.Width, picture.Height));
        Assert.Equal((3, 7, Orientation.Rotate90), (info.Width, info.Height, info.Orientation));
        Assert.Empty(picture.Text);
    }

    [Fact]
    public void Decode_DamagedMetadata_IsLeftOutWithWarnings()
    {
        TestPng png = new(7, 3, 8, 2)
        {
            Chunks = [("eXIf", [1, 2, 3]), ("iTXt", [.. "XML:com.adobe.xmp"u8, 0, 0, 0, 0, 0, .. "<a><b></a>"u8])],
        };

        Picture picture = PictureFile.Decode(png.Build());

        Assert.Equal(PictureMetadata.None, picture.Metadata);
        Assert.Equal(2, picture.Warnings.Length);
    }

    [Theory]
    [InlineData("""<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"""), InlineData(""), InlineData("<a"), InlineData("plain")]
    public void Read_XmpThatIsNotPlainXml_IsNothing(string text)
        => Assert.Null(XmpPacket.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Made_AnyDamage_ThrowsNothing()
    {
        Random random = new(7);
        int dropped = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] exif = [.. TestMetadata.Exif];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                exif[random.Next(exif.Length)] = (byte)random.Next(256);
            exif = exif[..random.Next(exif.Length / 2, exif.Length)];
            dropped += ExifBlock.Made(exif, 21, 13, keepsLocation: false) is null ? 1 : 0;
            _ = ExifBlock.Read(exif)?.Resolution;
        }

        for (int length = 0; length < TestMetadata.Exif.Length; length++)
        {
            _ = ExifBlock.Made(TestMetadata.Exif.AsSpan(0, length), 21, 13, keepsLocation: false);
            _ = PhotoshopResources.FindIptc([.. "8BIM"u8, 4, 4, (byte)length, 0, 0, 0, 0, (byte)length, 1, 2, 3]);
        }

        Assert.InRange(dropped, 10, 2500);
    }

    [Fact]
    public void Made_DirectoryThatPointsAtItself_ThrowsNothing()
    {
        byte[] exif = [.. TestMetadata.Exif];
        exif[8 + 2 + (6 * 12)] = 8;

        Assert.NotNull(ExifBlock.Made(exif, 21, 13, keepsLocation: false));
    }

    private static byte[] Encode(Picture picture, string extension, EncodeOptions? options = null)
    {
        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, extension, options);
        return stream.ToArray();
    }
}
