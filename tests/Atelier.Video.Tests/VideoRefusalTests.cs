using Atelier.Engine;
using Atelier.Testing;

namespace Atelier.Video.Tests;

/// <summary>What keeps a picture from being painted keeps a video of it from being painted, for the same reasons.
/// </summary>
public sealed class VideoRefusalTests
{
    // A video always has a photograph, of which single frames may be invisible, and needs more memory than a picture.
    public static TheoryData<string> Names
        => [.. BadRequests.All.Where(each => each.Value.Request.Content is not null).Select(each => each.Key)
            .Except(["content transparent", "preserve of all visible pixels", "memory that the size exceeds"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Request_ThatCannotBePainted_IsRefusedForVideosToo(string name)
    {
        StylizeRequest still = BadRequests.All[name].Request;
        VideoRequest request = new()
        {
            Styles = still.Styles,
            Options = still.Options,
            Guides = still.Guides,
            Initial = still.Initial,
            Palette = still.Palette,
        };
        using Stylizer stylizer = new(new EngineOptions { Threads = 1 });
        using VideoStylizer video = new(new EngineOptions { Threads = 1 });
        OptionsException expected = Assert.Throws<OptionsException>(() => stylizer.Check(still));

        OptionsException found = Assert.Throws<OptionsException>(() => video.Stylize(
            request, MovingScene.Source([still.Content!]), new MemorySink(),
            cancel: TestContext.Current.CancellationToken));

        Assert.Equal(expected.Problems, found.Problems);
    }
}
