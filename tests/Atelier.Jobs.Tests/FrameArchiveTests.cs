using System.IO.Compression;
using System.Text;
using Atelier.Imaging;
using Atelier.Jobs.Work;
using Atelier.Testing;

namespace Atelier.Jobs.Tests;

/// <summary>Archives of frames, which others may have written.</summary>
public sealed class FrameArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Archive => Path.Combine(_folder.Path, "a.zip");

    private string Target => Path.Combine(_folder.Path, "frames");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Unpack_WhatWasPacked_GivesTheSameFiles()
    {
        string source = Directory.CreateDirectory(Path.Combine(_folder.Path, "source")).FullName;
        foreach (string name in (string[])["b.png", "a.png"])
            PictureFile.Save(new Picture(3, 2), Path.Combine(source, name));
        using (FileStream file = File.Create(Archive))
        {
            FrameArchive.Pack(source, file);
        }

        FrameArchive.Unpack(Archive, Target);

        Assert.Equal(["a.png", "b.png"], Directory.GetFiles(Target).Select(Path.GetFileName).Order());
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(source, "b.png")), File.ReadAllBytes(Path.Combine(Target, "b.png")));
    }

    [Theory]
    [InlineData("../escape.png"), InlineData("/tmp/escape.png"), InlineData("in/side.png"), InlineData("side\\")]
    [InlineData("..")]
    public void Unpack_ANameThatIsAPath_IsRefused(string name)
    {
        WriteZip([name], "frame"u8);

        Exception error = Assert.ThrowsAny<Exception>(() => FrameArchive.Unpack(Archive, Target));

        Assert.True(error is AtelierException or IOException or UnauthorizedAccessException, $"{error}");
        Assert.False(File.Exists("/tmp/escape.png") || File.Exists(Path.Combine(_folder.Path, "escape.png")));
    }

    [Fact]
    public void Unpack_PicturesThatShareTheirBytes_AreRefused()
    {
        WriteZip(["a.png", "b.png", "c.png"], new byte[1000]);
        Assert.InRange(new FileInfo(Archive).Length, 1000, 1999);

        Assert.Throws<AtelierException>(() => FrameArchive.Unpack(Archive, Target));
    }

    [Fact]
    public void Unpack_CompressedBytes_AreRefused()
    {
        using (ZipArchive archive = ZipFile.Open(Archive, ZipArchiveMode.Create))
        {
            using Stream content = archive.CreateEntry("a.png").Open();
            content.Write(new byte[100_000]);
        }

        Assert.Throws<AtelierException>(() => FrameArchive.Unpack(Archive, Target));
    }

    [Fact]
    public void Unpack_NoArchive_IsRefused()
    {
        File.WriteAllText(Archive, "This is a letter.");

        Assert.Throws<AtelierException>(() => FrameArchive.Unpack(Archive, Target));
    }

    /// <summary>Writes an archive whose entries are all the same bytes, not compressed.</summary>
    private void WriteZip(string[] names, ReadOnlySpan<byte> content)
    {
        using BinaryWriter file = new(File.Create(Archive));
        int length = content.Length;
        void Header(uint signature, short[] before, string name)
        {
            file.Write(signature);
            foreach (short word in before)
                file.Write(word);
            file.Write(0);
            file.Write(length);
            file.Write(length);
            file.Write((short)name.Length);
        }

        Header(0x04034b50, [20, 0, 0, 0, 0x21], "");
        file.Write((short)0);
        file.Write(content);
        int start = (int)file.BaseStream.Position;
        foreach (string name in names)
        {
            Header(0x02014b50, [20, 20, 0, 0, 0, 0x21], name);
            file.Write(new byte[16]);
            file.Write(Encoding.ASCII.GetBytes(name));
        }

        int size = (int)file.BaseStream.Position - start;
        file.Write(0x06054b50);
        file.Write(0);
        file.Write((short)names.Length);
        file.Write((short)names.Length);
        file.Write(size);
        file.Write(start);
        file.Write((short)0);
    }
}
