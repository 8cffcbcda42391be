using AngleSharp.Dom;
using Atelier.Jobs;
using Atelier.Studio.Components;
using Atelier.Studio.Gallery;
using Atelier.Studio.Queue;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Queue;
using Atelier.Studio.Texts;
using Bunit;

namespace Atelier.Studio.Tests.Components;

/// <summary>The page of the queue: what it shows of jobs, and what its buttons do.</summary>
public sealed class QueuePageTests : ComponentCase
{
    [Fact]
    public void EmptyQueue_SaysHowPaintingsGetThere()
    {
        IRenderedComponent<QueuePage> page = Show();

        page.WaitForAssertion(() => Assert.Contains(Words.QueueEmpty, page.Markup, StringComparison.Ordinal));
        Assert.Contains(Words.NoWorkers, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_IsPaused_GoesOn_IsCanceled_AndIsQueuedAgain()
    {
        Job job = await QueueCase.AddAsync(Queue, Folder);
        IRenderedComponent<QueuePage> page = Show();

        Press(page, Words.Format(Words.PauseJob, job.Name));
        Press(page, Words.Format(Words.ResumeJob, job.Name));
        Press(page, Words.Format(Words.CancelJobNamed, job.Name));
        Press(page, Words.Format(Words.RetryJob, job.Name));

        page.WaitForAssertion(() => Assert.Equal(Words.StateWaiting, page.Find(".job .state b").TextContent));
        Assert.Equal(JobState.Queued, (await QueueCase.NowAsync(Queue, job)).State);
    }

    [Fact]
    public async Task FailedJob_SaysWhy_AndWhatToDo()
    {
        Job job = await QueueCase.AddAsync(Queue, Folder);
        await QueueCase.SetAsync(Folder, job,
            """
            state = 'Failed', attempts = 3,
            failure = '{"Kind":1,"Code":"memory","Message":"It needs 90 GB.","Remedy":"choose a smaller size"}'
            """);

        IRenderedComponent<QueuePage> page = Show();

        page.WaitForAssertion(() => Assert.Equal(
            "It needs 90 GB. Choose a smaller size.", page.Find(".job .fault").TextContent));
        Assert.Contains(
            Words.Format(Words.JobAttempts, 3), page.Find(".job .hint").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunningJob_ShowsItsPicture_AndAskedForIt()
    {
        Job job = await QueueCase.AddAsync(Queue, Folder);
        string sha256 = new('a', 64);
        await QueueCase.SetAsync(Folder, job,
            $"""
            state = 'Running', worker = 'w1', progress = 0.25, activity = '48 × 32',
            preview = 'job.{job.Id}/{sha256}'
            """);

        IRenderedComponent<QueuePage> page = Show();

        page.WaitForAssertion(() => Assert.StartsWith(
            $"queue/{job.Id}/preview", page.Find(".job img").GetAttribute("src"), StringComparison.Ordinal));
        Assert.Equal("0.25", page.Find(".job progress").GetAttribute("value"));
        Assert.Contains("48 × 32", page.Find(".job .state").TextContent, StringComparison.Ordinal);

        // This fails unless somebody watches.
        await QueueCase.SetAsync(Folder, job, "watched = case when watched > 0 then watched else null end");
    }

    [Fact]
    public async Task DoneJob_OpensItsResult_InTheGalleryOrFromTheQueue()
    {
        Job job = await QueueCase.AddAsync(Queue, Folder);
        await QueueCase.CompleteAsync(Queue, Folder, job, TestPictures.Artwork);
        IRenderedComponent<QueuePage> page = Show();
        page.WaitForAssertion(() => Assert.Equal(
            $"queue/{job.Id}/result", page.Find(".job a").GetAttribute("href")));

        await new ResultKeeper(Folder).KeepAsync(await Queue.OpenAsync(default), default);

        IRenderedComponent<QueuePage> again = Show();
        again.WaitForAssertion(() => Assert.Equal(
            GalleryItem.UrlOf(Assert.Single(Folder.List(PictureKind.Results)).Name),
            again.Find(".job a").GetAttribute("href")));
    }

    [Fact]
    public async Task ManyJobsThatAreOver_ArePaged()
    {
        for (int i = 0; i <= QueueView.PageSize; i++)
        {
            Job job = await QueueCase.AddAsync(Queue, Folder, iterations: i + 1);
            await QueueCase.SetAsync(Folder, job, $"state = 'Canceled', name = 'n{i}.png', created = {i + 1}");
        }

        IRenderedComponent<QueuePage> page = Show();
        page.WaitForAssertion(() => Assert.Equal(QueueView.PageSize, page.FindAll(".job").Count));
        page.FindAll(".pages button")[1].Click();

        page.WaitForAssertion(() => Assert.Equal("n0.png", Assert.Single(page.FindAll(".job h4")).TextContent));
        page.FindAll(".pages button")[0].Click();
        page.WaitForAssertion(() => Assert.Equal(
            $"n{QueueView.PageSize}.png", page.Find(".job h4").TextContent));
    }

    private IRenderedComponent<QueuePage> Show()
    {
        DefaultWaitTimeout = TimeSpan.FromMinutes(1);
        return Render<QueuePage>();
    }

    private static void Press(IRenderedComponent<QueuePage> page, string label)
    {
        IElement? button = null;
        page.WaitForAssertion(() => Assert.NotNull(button = page.Find($".job button[aria-label=\"{label}\"]")));
        button!.Click();
    }
}
