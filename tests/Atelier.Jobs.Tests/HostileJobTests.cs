using System.Text.Json.Nodes;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Work;
using Atelier.Jobs.Workers;
using Dapper;

namespace Atelier.Jobs.Tests;

/// <summary>A worker trusts nothing in a job, whoever wrote it into the database.</summary>
public sealed class HostileJobTests(Postgres postgres)
{
    [Theory]
    [InlineData("""{"kind": "unheard"}""")]
    [InlineData("""{"kind": 99}""")]
    [InlineData("""{"kind": "unknown"}""")]
    [InlineData("""{"name": "../../escape.png"}""")]
    [InlineData("""{"name": "..\\escape.png"}""")]
    [InlineData("""{"name": ""}""")]
    [InlineData("""{"name": "a\u0000.png"}""")]
    [InlineData("""{"encode": {"quality": -2147483648}}""")]
    [InlineData("""{"encode": {"bitDepth": 1000000}}""")]
    [InlineData("""{"more": "than is known"}""")]
    [InlineData("""{"recipeText": null}""")]
    public void Parse_NamesTheProblem(string change)
    {
        JsonObject specification = JsonNode.Parse(
            new JobSpecification { Kind = JobKind.Picture, Name = "a.png", RecipeText = "{}" }.ToJson())!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(change)!.AsObject().ToArray())
            specification[name] = value?.DeepClone();
        AtelierException error =
            Assert.Throws<AtelierException>(() => JobSpecification.Parse(specification.ToJsonString()));
        Assert.StartsWith("the job cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void Parse_RefusesWhatIsNoSpecification(string json)
        => Assert.Throws<AtelierException>(() => JobSpecification.Parse(json));

    [Fact]
    public void Parse_RefusesWhatIsTooLong()
        => Assert.Throws<AtelierException>(() => JobSpecification.Parse(new string(' ', 5 << 20)));

    [Theory]
    [InlineData("ann", "/etc/passwd", null, "not published")]
    [InlineData("ann", "compact", "0000000000000000000000000000000000000000000000000000000000000000", "no blob")]
    [InlineData("ann", "compact", "../../../../etc/passwd", "without its SHA-256")]
    [InlineData("bob", "compact", null, "no blob")]
    [InlineData("job.0123456789", "compact", null, "owner")]
    [InlineData("../ann", "compact", null, "owner")]
    public async Task AWorker_ReadsOnlyWhatTheOwnerStored_AndGoesOn(
        string owner, string network, string? digest, string problem)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        NewJob stored = await queue.StoreAsync(4);
        JsonObject recipe = JsonNode.Parse(stored.Specification.RecipeText)!.AsObject();
        string text = recipe.ToJsonString().Replace("\"compact\"", $"\"{network}\"", StringComparison.Ordinal);
        if (digest is not null)
        {
            text = stored.Inputs.Aggregate(
                text, (changed, key) => changed.Replace(key.Sha256, digest, StringComparison.Ordinal));
        }

        // Past the checks of those who add jobs.
        NewJob hostile = new(stored.Specification with { RecipeText = text }, owner, []);
        await queue.Queue.Table.AddAsync([hostile], default);
        Job good = await queue.AddAsync(4);
        await using Worker worker = await queue.StartWorkerAsync();
        Assert.NotEmpty(await queue.ResultAsync(good));
        Job failed;
        while (!(failed = await queue.Queue.FindAsync(hostile.Id, default)).IsOver)
            await Task.Delay(50);
        Assert.Equal(JobState.Failed, failed.State);
        Assert.Contains(problem, failed.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobKind.Picture)]
    [InlineData(JobKind.Style)]
    [InlineData(JobKind.Film)]
    [InlineData(JobKind.Scene)]
    public void AJobOfAnyKind_NamesNoFileOfTheWorker(JobKind kind)
    {
        JobSpecification specification = new()
        {
            Kind = kind,
            Name = "result.png",
            RecipeText = """{"options":{"network":"/etc/passwd"}}""",
        };
        Assert.Contains("'/etc/passwd'", Assert.Throws<AtelierException>(specification.ReadRecipe).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsThatCannotBeRead_DoNotHideTheOthers()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        Job job = await queue.AddAsync();
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        await queue.Queue.Database.RunAsync((connection, transaction) => connection.ExecuteAsync(
            """
            update atelier_jobs set kind = 'Sculpture', output = '../..', preview = 'x', failure = '{',
              checkpoint = 'ann/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
            """, transaction: transaction), default);
        Job read = Assert.Single(await queue.Queue.ListAsync(new JobFilter(), default));
        Assert.Equal((job.Id, JobKind.Unknown, null, null), (read.Id, read.Kind, read.Output, read.Preview));
        Assert.Null((await claims.BeginAsync(job.Id, "w", 5, default))!.Checkpoint);
    }

    [Theory]
    [InlineData("job.0123456789")]
    [InlineData("JOB.0123456789")]
    [InlineData("../ann")]
    [InlineData("ann\n")]
    [InlineData("")]
    public async Task AnOwner_CannotBeAPathOrAJob(string owner)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        NewJob job = await queue.StoreAsync(4);
        Assert.Equal("owner", (await Assert.ThrowsAsync<CodedException>(
            () => queue.Queue.AddAsync([new NewJob(job.Specification, owner, [])], default))).Option);
    }

    [Fact]
    public async Task InputsOfAnotherOwner_AreRefused()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        NewJob job = await queue.StoreAsync(4);
        await Assert.ThrowsAsync<CodedException>(
            () => queue.Queue.AddAsync([new NewJob(job.Specification, "bob", job.Inputs)], default));
    }
}
