using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Browser.Tests;

/// <summary>Files that a person drops, and what becomes of them.</summary>
public sealed class UploadTests(Chromium chromium)
{
    [Fact]
    public async Task PictureOf50Megapixels_IsPainted()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium);
        StudioPage page = await studio.OpenPageAsync();
        string large = Path.Combine(studio.Beside, "large.png");
        Pictures.WriteLarge(large, 8688, 5792);

        await page.ChooseFileAsync("input[data-kind=photographs]", large);
        await page.UntilElement(".well[data-kind=photographs] .has-picture");
        await page.DropAsync(".well[data-kind=artworks] .drop", ("art.png", Pictures.Artwork));
        await page.UntilText(".state", "Complete");

        Picture result = PictureFile.Load(studio.Folder.PathOf(studio.Painting.Saved!));
        Assert.Equal((OpenStudio.Side, 64), (result.Width, result.Height));
        Assert.True(await page.Page.EvaluateExpressionAsync<bool>(
            "[...document.querySelectorAll('.source img')].every(each => each.complete && each.naturalWidth > 0)"));
    }

    [Fact]
    public async Task TextNamedAsPicture_IsRefused_WithWhatToDo_AndTheNextPictureIsTaken()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium);
        StudioPage page = await studio.OpenPageAsync();

        await page.DropAsync(".well[data-kind=photographs] .drop", ("holiday.jpg", "This is a text."u8.ToArray()));
        await page.UntilText(".notice", "holiday.jpg:");

        string notice = await page.TextOf(".notice");
        Assert.Contains("not a picture", notice);
        Assert.Contains("PNG", notice);
        Assert.Empty(studio.Folder.List(PictureKind.Photographs));
        await page.DropAsync(".well[data-kind=photographs] .drop", ("photo.png", Pictures.Photograph));
        await page.UntilElement(".well[data-kind=photographs] .has-picture");
        Assert.Equal("", await page.TextOf(".notice"));
    }

    [Fact]
    public async Task FullDisk_LosesNothing_AndIsTold()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 3);
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, folder: disk.Folder);
        StudioPage page = await studio.OpenPageAsync();
        string large = Path.Combine(studio.Beside, "large.ppm");
        PictureFile.Save(new Picture(1200, 1000), large);

        await page.ChooseFileAsync("input[data-kind=photographs]", large);
        await page.UntilText(".notice", "No space left");
        Assert.Empty(studio.Folder.List(PictureKind.Photographs));
        Assert.Empty(Directory.EnumerateFiles(studio.Folder.FolderOf(PictureKind.Photographs)));

        studio.Folder.Add(PictureKind.Photographs, "photo.png", Pictures.Photograph);
        studio.Folder.Add(PictureKind.Artworks, "art.png", Pictures.Artwork);
        disk.Fill();
        LivePainting painting = studio.Paint();
        await page.UntilText(".easel .message", "No space left");
        Assert.Equal(PaintingState.Complete, painting.State);
        Assert.Empty(studio.Folder.List(PictureKind.Results));

        disk.MakeRoom();
        await page.ClickAsync(".easel .message button");
        await OpenStudio.Until(() => painting.Saved is not null);
        Assert.Equal("photo - art.png", Assert.Single(studio.Folder.List(PictureKind.Results)).Name);
        await page.Until("() => !document.querySelector('.easel .message')");
    }

    /// <summary>A disk of a few megabytes, in memory.</summary>
    private sealed class SmallDisk(string folder) : IAsyncDisposable
    {
        internal string Folder => folder;

        private string Filler => Path.Combine(folder, "filler");

        internal static async Task<SmallDisk> MountAsync(int megabytes)
        {
            Assert.SkipUnless(
                OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can make a small disk.");
            string folder = Directory.CreateTempSubdirectory("atelier-disk-").FullName;
            bool isMounted = await Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
            Assert.SkipUnless(isMounted, "This machine does not let root make a small disk.");
            return new SmallDisk(folder);
        }

        internal void Fill()
        {
            try
            {
                using FileStream filler = new(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
                byte[] bytes = new byte[1024];
                while (true)
                    filler.Write(bytes);
            }
            catch (IOException)
            {
                // It is full.
            }
        }

        internal void MakeRoom() => File.Delete(Filler);

        public async ValueTask DisposeAsync()
        {
            await Run("umount", "-l", folder);
            Directory.Delete(folder);
        }

        private static async Task<bool> Run(string program, params string[] arguments)
        {
            using Process process = Process.Start(program, arguments);
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
    }
}
