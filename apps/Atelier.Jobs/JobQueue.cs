using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Work;
using Atelier.Jobs.Workers;

namespace Atelier.Jobs;

/// <summary>A queue of jobs: adds, lists and changes them. Workers run them. Safe for concurrent use, also by several
/// processes and machines.</summary>
public sealed class JobQueue : IAsyncDisposable
{
    // A server that restarts takes some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // So many jobs are named if one is asked for in too few letters.
    private const int MaxNamed = 4;

    private JobQueue(QueueAddress address, QueueDatabase database, IBlobStore blobs)
        => (Address, Database, Blobs, Table) = (address, database, blobs, new JobTable(database));

    /// <summary>Where it is.</summary>
    public QueueAddress Address { get; }

    /// <summary>The inputs and results of its jobs.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>What happens to its jobs.</summary>
    public QueueNews News => Database.News;

    internal QueueDatabase Database { get; }

    internal JobTable Table { get; }

    /// <summary>Opens a queue, and creates it if there is none.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="CodedException">The database cannot be reached, refuses the role, or is from another version of
    /// this program.</exception>
    public static async Task<JobQueue> OpenAsync(QueueAddress address, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Folder is string folder)
        {
            Directory.CreateDirectory(folder);
        }

        QueueDatabase database = new(address, Patience, TimeProvider.System);
        try
        {
            await QueueSchema.CreateAsync(
                database, () => QueueScheduler.CreateTablesAsync(address, cancel), cancel);
        }
        catch (Exception error)
        {
            await database.DisposeAsync();
            if (QueueFault.Of(address, error) is CodedException fault)
            {
                throw fault;
            }

            throw;
        }

        IBlobStore blobs = address.BlobFolder is string path ? new FolderBlobs(path) : new DatabaseBlobs(database);
        return new JobQueue(address, database, blobs);
    }

    /// <summary>Creates the tables of a queue, those of the scheduler too, so that roles without the right to create
    /// any can use it. The role of the address becomes their owner. Does nothing if they exist.</summary>
    /// <param name="address">Where the queue is.</param>
    /// <param name="grantsRights">Whether to give the roles <c>atelier_worker</c> and <c>atelier_client</c> their
    /// rights in PostgreSQL.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="CodedException">The database cannot be reached, or refuses the role; or a folder has no
    /// roles.</exception>
    public static async Task SetUpAsync(QueueAddress address, bool grantsRights, CancellationToken cancel)
    {
        await using JobQueue queue = await OpenAsync(address, cancel);
        if (grantsRights && !address.IsShared)
        {
            throw CodedException.Usage($"the queue {address} is a folder, which has no roles.",
                "leave out --roles, or name a PostgreSQL database", "queue");
        }

        try
        {
            await (grantsRights ? QueueSchema.GrantAsync(queue.Database, cancel) : Task.CompletedTask);
        }
        catch (Exception error) when (queue.Explain(error) is CodedException fault)
        {
            throw fault;
        }
    }

    /// <summary>Adds jobs, all or none. When this returns, they will run, whatever happens to this process.</summary>
    public Task AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        string? stranger = jobs.Select(job => job.Owner).FirstOrDefault(owner => !BlobKey.IsPerson(owner));
        if (jobs.FirstOrDefault(job => job.Inputs.Any(input => input.Owner != job.Owner)) is NewJob thief)
        {
            throw CodedException.Usage($"the job of '{thief.Owner}' names files of another owner.",
                "store its files for the owner of the job", "owner");
        }

        return stranger is null
            ? Table.AddAsync(jobs, cancel)
            : throw CodedException.Usage($"'{stranger}' cannot be the name of an owner.",
                $"use up to {BlobKey.MaxOwnerLength} letters, digits, '.', '-', '_' and '@', not beginning with 'job.'",
                "owner");
    }

    /// <summary>Lists jobs, newest first.</summary>
    public Task<IReadOnlyList<Job>> ListAsync(JobFilter filter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Count, JobFilter.MaxCount);
        return Table.ListAsync(filter, cancel);
    }

    /// <summary>Returns a job, by its identifier or by a beginning of it that no other has.</summary>
    /// <exception cref="CodedException">There is no such job (<c>job.missing</c>), or there are several
    /// (<c>job.ambiguous</c>).</exception>
    public async Task<Job> FindAsync(string id, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        IReadOnlyList<Job> found = await Table.FindAsync(id, MaxNamed, cancel);
        return found switch
        {
            [Job job] => job,
            [] => throw CodedException.Failed(
                "job.missing", $"the queue {Address} has no job '{id}'.",
                "list the jobs, and write the identifier of one"),
            _ => throw CodedException.Failed("job.ambiguous",
                $"several jobs begin with '{id}', such as {string.Join(", ", found.Select(job => job.Id))}.",
                "write more letters of the one you mean"),
        };
    }

    /// <summary>Returns what a job makes.</summary>
    /// <exception cref="AtelierException">The job has been removed, or what it says cannot be read.</exception>
    public async Task<JobSpecification> SpecificationAsync(Job job, CancellationToken cancel)
        => await Table.SpecificationAsync(IdOf(job), cancel) is string json
            ? JobSpecification.Parse(json)
            : throw CodedException.Failed("job.missing", $"the job '{job.Id}' has been removed.", "list the jobs");

    /// <summary>Returns an error of the database in words for its users, which show no password; null if it is of
    /// another kind.</summary>
    public CodedException? Explain(Exception error) => QueueFault.Of(Address, error);

    /// <summary>Ends a job that is not over. Returns whether there was something to end.</summary>
    public Task<bool> CancelAsync(Job job, CancellationToken cancel) => Table.CancelAsync(IdOf(job), cancel);

    /// <summary>Makes a job wait; one that runs stops within seconds, and goes on later from where it was. Returns
    /// whether it was open.</summary>
    public Task<bool> PauseAsync(Job job, CancellationToken cancel) => Table.PauseAsync(IdOf(job), cancel);

    /// <summary>Lets a paused job go on. Returns whether it was paused.</summary>
    public Task<bool> ResumeAsync(Job job, CancellationToken cancel) => Table.ResumeAsync(IdOf(job), cancel);

    /// <summary>Queues a job again that failed or was canceled. Returns whether it was.</summary>
    public Task<bool> RetryAsync(Job job, CancellationToken cancel) => Table.RetryAsync(IdOf(job), cancel);

    /// <summary>Asks for previews of a job for the next seconds.</summary>
    public Task WatchAsync(Job job, CancellationToken cancel) => Table.WatchAsync(IdOf(job), cancel);

    /// <summary>Returns the log of a job, oldest first.</summary>
    public Task<IReadOnlyList<LogLine>> LogAsync(Job job, CancellationToken cancel)
        => Table.LogAsync(IdOf(job), cancel);

    /// <summary>Lists jobs that are done and whose results nobody keeps yet, 100 at most.</summary>
    public Task<IReadOnlyList<Job>> UnkeptAsync(CancellationToken cancel) => Table.UnkeptAsync(cancel);

    /// <summary>Remembers where the result of a job is kept, so that it is kept once.</summary>
    /// <param name="job">The job; done.</param>
    /// <param name="name">The name there; empty if it stays in the queue.</param>
    /// <param name="cancel">Ends it.</param>
    public Task KeepAsync(Job job, string name, CancellationToken cancel) => Table.KeepAsync(IdOf(job), name, cancel);

    /// <summary>Lists the workers.</summary>
    public Task<IReadOnlyList<WorkerInfo>> WorkersAsync(CancellationToken cancel)
        => new WorkerTable(Database).ListAsync(cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static string IdOf(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Id;
    }
}
