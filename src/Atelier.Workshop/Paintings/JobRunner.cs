using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Paintings;

/// <summary>Paints many pictures in one go: checks them all, skips those that exist already, and goes on if one
/// fails.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="settings">The engine and encoding settings.</param>
/// <param name="jobs">The paintings, in order.</param>
public sealed class JobRunner(WorkshopContext context, PaintSettings settings, ImmutableArray<PaintJob> jobs)
    : IDisposable
{
    private const double ShareOfMemory = 0.8;

    private readonly Lock _lock = new(), _loading = new();
    private readonly JobOutcome[] _outcomes = [.. jobs.Select(job => new JobOutcome(job))];
    private readonly double[] _fractions = new double[jobs.Length];
    private readonly HashSet<string> _warnings = [], _regions = [];
    private readonly Dictionary<string, RecipePicture> _names = [];
    private IPainter? _painter;
    private JobOutputs? _outputs;
    private (PaintSources Sources, LoadedSources Loaded)? _last;
    private volatile bool _isStopped;

    /// <summary>Number of pictures painted at a time, as far as memory allows; they share the threads.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Whether an earlier result with another recipe may be replaced.</summary>
    public bool ReplacesEarlier { get; init; }

    /// <summary>Receives reports, one at a time; null for none.</summary>
    public IProgress<JobsProgress>? Progress { get; init; }

    /// <summary>Called, one at a time, with the index and outcome of each job that ended.</summary>
    public Action<int, JobOutcome> OnEnd { get; init; } = (_, _) => { };

    /// <summary>What became of each job so far.</summary>
    public IReadOnlyList<JobOutcome> Outcomes => _outcomes;

    /// <summary>The labels of the jobs that failed, and why.</summary>
    public IReadOnlyList<(string Label, string Failure)> Failures
        => [.. _outcomes.Where(outcome => outcome.Failure is not null)
            .Select(outcome => (outcome.Job.Label, outcome.Failure!.Message))];

    private int ThreadsOfEach => Parallel == 1 ? settings.Engine.Threads : Math.Max(
        1, (settings.Engine.Threads == 0 ? Environment.ProcessorCount : settings.Engine.Threads) / Parallel);

    /// <summary>Checks the options and the input files before anything is written.</summary>
    /// <exception cref="CodedException">The options of a job contradict each other or the pictures, or a file does not
    /// exist.</exception>
    /// <exception cref="AtelierException">None of the pictures can be read.</exception>
    /// <exception cref="IOException">None of the pictures can be read.</exception>
    public void Check()
    {
        foreach (PaintJob job in jobs)
            CheckOf(job, () => job.Sources.RequireValid(job.Options));
        foreach (PaintSources sources in jobs.Select(job => job.Sources).Distinct())
            InputFile.Require(sources.All);
        _painter = NewPainter();
        foreach (IGrouping<StylizeOptions, PaintJob> same in jobs.GroupBy(job => job.Options))
            CheckFirst([.. same]);
    }

    /// <summary>Paints the missing pictures; to be called after <see cref="Check"/>, when the folders of the results
    /// exist. If the work is canceled, unfinished pictures are not written.</summary>
    /// <exception cref="AtelierException">A result cannot be written, or must not be replaced; nothing has been
    /// painted.</exception>
    public void Run()
    {
        IPainter first = _painter ?? throw new InvalidOperationException("The jobs have not been checked.");
        _outputs = new JobOutputs(context, settings, jobs, ReplacesEarlier, job => RecipeOf(job, first));
        for (int i = 0; i < jobs.Length; i++)
        {
            _outcomes[i] = _outputs.Existing(i) is Recipe recipe
                ? _outcomes[i] with { State = JobState.Existing, Recipe = recipe }
                : _outcomes[i];
        }

        MemoryBudget memory = new(
            jobs.Min(job => job.Options.MaxMemory) ?? (long)(ShareOfMemory * Machine.AvailableMemory));
        int next = -1;
        void Work(IPainter painter)
        {
            try
            {
                for (int i; !_isStopped && !context.Cancel.IsCancellationRequested
                    && (i = Interlocked.Increment(ref next)) < jobs.Length;)
                {
                    End(i, _outcomes[i].IsDone ? _outcomes[i] : Paint(i, painter, memory));
                }
            }
            catch
            {
                _isStopped = true;
                throw;
            }
        }

        Task[] others = [.. Enumerable.Range(1, Math.Min(Parallel, jobs.Length) - 1).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using IPainter painter = NewPainter();
                Work(painter);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Work(first);
        foreach (Task other in others)
            other.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose() => _painter?.Dispose();

    private IPainter NewPainter() => context.CreatePainter(settings.Engine with { Threads = ThreadsOfEach });

    private static void CheckOf(PaintJob job, Action check)
    {
        try
        {
            check();
        }
        catch (OptionsException error)
        {
            throw CodedException.Usage($"{job.Label}: {error.Message}");
        }
    }

    /// <summary>Checks options with the first pictures that can be read. A file that cannot be read is the failure of
    /// its own job, unless none can.</summary>
    private void CheckFirst(ImmutableArray<PaintJob> same)
    {
        foreach ((PaintJob job, bool isLast) in same.Select((job, i) => (job, i == same.Length - 1)))
        {
            LoadedSources loaded;
            try
            {
                loaded = Load(job.Sources);
            }
            catch (Exception error) when (!isLast && IsFailure(error))
            {
                continue;
            }

            CheckOf(job, () =>
            {
                (int width, int height) = (loaded.Request with { Options = job.Options }).ResultSize;
                OutputPath.RequireSize(job.OutputPath, width, height, bytesPerPixel: 1);
                foreach (string warning in _painter!.Check(loaded.Request with { Options = job.Options }).Warnings)
                    Warn(warning, $"{job.Label}: {warning}");
            });
            return;
        }
    }

    /// <summary>Returns the recipe of a job; its pictures are decoded only if they can be read only once.</summary>
    private Recipe RecipeOf(PaintJob job, IPainter painter)
    {
        Recipe recipe = job.Sources.All.Any(source => source.Path == InputFile.StandardInput)
            ? Load(job.Sources).Recipe
            : job.Sources.Describe(source => _names.TryGetValue(source.Path, out RecipePicture? known)
                ? known
                : _names[source.Path] = RecipePicture.Create(
                    source.NamedAs, InputFile.ReadBytes(context, source.Path)));
        return RecipeOf(job, painter, recipe);
    }

    private static Recipe RecipeOf(PaintJob job, IPainter painter, Recipe pictures)
        => pictures with { Options = job.Options, Precision = painter.PrecisionFor(job.Options) };

    /// <summary>Loads pictures; consecutive jobs with the same ones share them.</summary>
    private LoadedSources Load(PaintSources sources)
    {
        if (_last is not { } last || !ReferenceEquals(last.Sources, sources))
        {
            _last = null;
            _last = last = (sources, sources.Load(context, settings.Engine));
            foreach (string warning in last.Loaded.Warnings)
                Warn(warning, warning);
        }

        return last.Loaded;
    }

    private JobOutcome Paint(int index, IPainter painter, MemoryBudget memory)
    {
        long start = context.Clock.GetTimestamp();
        JobOutcome outcome = _outcomes[index];
        PaintJob job = outcome.Job;
        IDisposable? share = null;
        try
        {
            Report(index, null);
            _outputs!.RequireUnchanged(index);
            StylizeRequest request;
            lock (_loading)
            {
                LoadedSources loaded = Load(job.Sources);
                SaveRegions(job, loaded);
                outcome = outcome with { Recipe = RecipeOf(job, painter, loaded.Recipe) };
                request = loaded.Request with { Options = job.Options };
                _outputs.RequireSize(index, request);
                share = Parallel == 1 ? null : memory.Take(painter.Check(request).PeakBytes, context.Cancel);
            }

            context.Cancel.ThrowIfCancellationRequested();
            StylizeResult result = painter.Stylize(request, new JobProgress(this, index), context.Cancel);
            if (result.IsComplete)
            {
                _outputs.Save(index, outcome.Recipe.EmbedIn(result.Picture));
            }

            foreach (string warning in result.Warnings)
                Warn(warning, $"{job.Label}: {warning}");
            outcome = outcome with
            {
                State = result.IsComplete ? JobState.Painted : JobState.Interrupted,
                Picture = result.Picture,
            };
        }
        catch (Exception error) when (IsFailure(error) || error is OperationCanceledException)
        {
            Failure failure = Failure.FromException(error);
            outcome = failure.Kind == ErrorKind.Interrupted
                ? outcome with { State = JobState.Interrupted }
                : outcome with { State = JobState.Failed, Failure = failure };

            // Whatever is painted next would be lost too.
            if (failure.Code == Failure.DiskFull)
            {
                _isStopped = true;
            }
        }
        finally
        {
            share?.Dispose();
        }

        return outcome with { Seconds = context.Clock.GetElapsedTime(start).TotalSeconds };
    }

    private static bool IsFailure(Exception error)
        => error is AtelierException or IOException or UnauthorizedAccessException or OutOfMemoryException;

    private void SaveRegions(PaintJob job, LoadedSources loaded)
    {
        if (job.Sources.Guides.Labels?.Count is not null && _regions.Add(job.RegionsBeside))
        {
            RegionFiles files = new(job.RegionsBeside, settings.Force);
            IReadOnlyList<string> paths = files.Save(loaded.Request.Guides.Labels!, job.Sources.Paths);
            context.Report(new Note($"regions: {string.Join(", ", paths)}"));
        }
    }

    private void Warn(string warning, string text)
    {
        lock (_lock)
        {
            if (_warnings.Add(warning))
            {
                context.Report(new Note(text, IsWarning: true));
            }
        }
    }

    private void End(int index, JobOutcome outcome)
    {
        lock (_lock)
        {
            _outcomes[index] = outcome with { Picture = null };
            _fractions[index] = 1;
            Report(index, outcome);
            OnEnd(index, outcome);
        }
    }

    private void Report(int index, JobOutcome? ended)
    {
        lock (_lock)
        {
            int work = _outcomes.Count(each => each.State != JobState.Existing);
            double done = _outcomes.Zip(_fractions).Where(each => each.First.State != JobState.Existing)
                .Sum(each => each.Second);
            Progress?.Report(new JobsProgress(
                jobs.Length, _outcomes.Count(each => each.State is not JobState.Waiting),
                work == 0 ? 1 : done / work, jobs[index].Label)
            { Ended = ended });
        }
    }

    private sealed class JobProgress(JobRunner runner, int index) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value)
        {
            runner._fractions[index] = value.Fraction;
            runner.Report(index, null);
        }
    }
}
