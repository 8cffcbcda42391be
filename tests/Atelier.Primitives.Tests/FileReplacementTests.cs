using Atelier.Testing;

namespace Atelier.Primitives.Tests;

public sealed class FileReplacementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _calls;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(typeof(IOException)), InlineData(typeof(UnauthorizedAccessException))]
    public void Move_FileHeldForAMoment_IsTriedAgain(Type kind)
    {
        (string from, string to) = Files();

        FileReplacement.Move(from, to, tries: 5, Failing(times: 2, kind));

        Assert.Equal(3, _calls);
        Assert.Equal("new", File.ReadAllText(to));
        Assert.False(File.Exists(from));
    }

    [Fact]
    public void Move_FileHeldForLong_FailsAndLeavesBoth()
    {
        (string from, string to) = Files();

        Assert.Throws<IOException>(
            () => FileReplacement.Move(from, to, tries: 3, Failing(times: 9, typeof(IOException))));

        Assert.Equal(3, _calls);
        Assert.Equal(("new", "old"), (File.ReadAllText(from), File.ReadAllText(to)));
    }

    [Fact]
    public void Move_ToAFolder_FailsAtOnce()
    {
        (string from, string _) = Files();

        Assert.ThrowsAny<SystemException>(
            () => FileReplacement.Move(from, _folder.Path, tries: 5, Failing(times: 9, typeof(IOException))));

        Assert.Equal(1, _calls);
    }

    private (string From, string To) Files()
    {
        (string from, string to) = (_folder.PathOf("from"), _folder.PathOf("to"));
        File.WriteAllText(from, "new");
        File.WriteAllText(to, "old");
        return (from, to);
    }

    private Action<string, string, bool> Failing(int times, Type kind) => (from, to, overwrite) =>
    {
        if (++_calls <= times)
        {
            throw (Exception)Activator.CreateInstance(kind, "held")!;
        }

        File.Move(from, to, overwrite);
    };
}
