using Atelier.Jobs.Work;
using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Styles;

namespace Atelier.Jobs.Tests;

/// <summary>Styles that are extracted by a worker.</summary>
public sealed class StyleJobTests(Postgres postgres) : IClassFixture<Postgres>
{
    private static readonly StylizeOptions Options = StylizeOptions.Default with { StyleWeights = [2, 1] };

    [Fact]
    public async Task AStyle_IsTheSameFile_AsExtractedHere()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        PictureSource[] artworks = [queue.Artwork("one.png", 7), queue.Artwork("two.png", 12)],
            regions = [new("region", StyleFileExtraction.All), queue.Artwork("region.png", 30)];
        string expected = Path.Combine(queue.Folder, "expected.atelierstyle");
        new StyleFileExtraction(new WorkshopContext(), new())
        {
            Artworks = artworks,
            Regions = regions,
            Options = Options,
            Sizes = [64, 91],
            OutputPath = expected,
        }.Run();

        StyleJob style = new(artworks, Options, "two.atelierstyle") { Regions = regions, Sizes = [64, 91] };
        NewJob added = await style.StoreAsync(new WorkshopContext(), queue.Queue, "ann");
        await queue.Queue.AddAsync([added], default);
        await using Worker worker = await Worker.StartAsync(queue.Queue, queue.WorkerOptions, default);
        Job job = await queue.Queue.FindAsync(added.Id, default);

        Assert.Equal(File.ReadAllBytes(expected), await queue.ResultAsync(job));
        Assert.Equal(("two.atelierstyle", JobKind.Style), (job.Name, job.Kind));
    }

    [Fact]
    public async Task AStyle_WithTheNameOfAPicture_IsRefused()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        StyleJob style = new([queue.Artwork("one.png", 7)], StylizeOptions.Default, "one.png");
        CodedException error = await Assert.ThrowsAsync<CodedException>(
            () => style.StoreAsync(new WorkshopContext(), queue.Queue, "ann"));
        Assert.Equal(ErrorKind.Usage, Failure.FromException(error).Kind);
    }
}
