using Atelier.Testing;

namespace Atelier.Primitives.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewAndExistingFile_HoldsTheNewContents()
    {
        string path = _folder.PathOf("file");
        AtomicFile.Write(path, stream => stream.Write([1, 2, 3]));
        AtomicFile.Write(path, stream => stream.WriteByte(9));
        Assert.Equal([9], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_WriterFails_LeavesTheOldFileAndNothingElse()
    {
        string path = _folder.PathOf("file");
        File.WriteAllBytes(path, [7]);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));
        Assert.Equal([7], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_MissingFolder_ThrowsAnIOException()
        => Assert.ThrowsAny<IOException>(
            () => AtomicFile.Write(_folder.PathOf("missing/file"), stream => stream.WriteByte(1)));

    [Fact]
    public void Write_TargetIsAFolder_FailsAndLeavesNothing()
    {
        Directory.CreateDirectory(_folder.PathOf("taken"));
        Assert.ThrowsAny<SystemException>(
            () => AtomicFile.Write(_folder.PathOf("taken"), stream => stream.WriteByte(1)));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_WhatIsBufferedCannotBeWritten_LeavesNothing()
    {
        string path = _folder.PathOf("file");
        PendingFile file = new(path);
        file.Stream.Write(new byte[1000]);
        file.Stream.SafeFileHandle.Dispose();

        file.Dispose();

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Probe_TemporaryFilesOfDeadProcesses_AreRemoved()
    {
        const int NoProcess = int.MaxValue;
        string running = $".b.png.{Environment.ProcessId}-9.tmp";
        string[] others = [".b.tmp", ".notes-1.tmp", "b.png.1-1.tmp", running];
        string[] dead = [$".a.png.{NoProcess}-3.tmp", $".film.mkv.{NoProcess}-1.frames.tmp"];
        foreach (string name in (string[])[.. others, .. dead])
            File.WriteAllText(_folder.PathOf(name), "");

        AtomicFile.Probe(_folder.PathOf("new.png"));

        Assert.Equal(
            others.Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Probe_TemporaryFileThatIsOpenElsewhere_Stays()
    {
        string path = _folder.PathOf($".a.png.{int.MaxValue}-3.tmp");
        using FileStream open = new(path, FileMode.Create, FileAccess.Write, FileShare.None);

        AtomicFile.Probe(_folder.PathOf("new.png"));

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Write_ManyAtOnce_OneOfThemWinsWhole()
    {
        string path = _folder.PathOf("file");
        Parallel.For(0, 50, i =>
            AtomicFile.Write(path, stream => stream.Write([.. Enumerable.Repeat((byte)i, 20_000)])));
        byte[] written = File.ReadAllBytes(path);
        Assert.Equal(20_000, written.Length);
        Assert.Single(written.Distinct());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }
}
