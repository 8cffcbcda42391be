using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Paintings;

/// <summary>The output files of a <see cref="JobRunner"/>, checked before anything is painted.</summary>
internal sealed class JobOutputs
{
    private readonly ImmutableArray<PaintJob> _jobs;
    private readonly OutputFile[] _files;
    private readonly Recipe?[] _existing;
    private readonly bool[] _existed;

    /// <summary>Finds the results that exist already, and throws if another file must not be replaced.</summary>
    /// <param name="settings">How pictures are written, and whether any file may be replaced.</param>
    /// <param name="replacesEarlier">Whether an earlier result with another recipe may be replaced.</param>
    /// <param name="recipeOf">Returns the recipe of a job.</param>
    /// <exception cref="CodedException">A path cannot be written to, or must not be overwritten.</exception>
    internal JobOutputs(
        WorkshopContext context, PaintSettings settings, ImmutableArray<PaintJob> jobs, bool replacesEarlier,
        Func<PaintJob, Recipe> recipeOf)
    {
        OutputPath.RequireNoInput(
            jobs.Select(job => job.OutputPath), [.. jobs.SelectMany(job => job.Sources.Paths).Distinct()]);
        _jobs = jobs;
        _files = new OutputFile[jobs.Length];
        _existing = new Recipe?[jobs.Length];
        _existed = [.. jobs.Select(job => File.Exists(job.OutputPath))];
        for (int i = 0; i < jobs.Length; i++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            string path = jobs[i].OutputPath;
            Recipe? earlier = EarlierResult.RecipeAt(path);
            if (earlier is not null && earlier.ToJson() == recipeOf(jobs[i]).ToJson())
            {
                _existing[i] = earlier;
            }
            else if (earlier is not null && !replacesEarlier && !settings.Force)
            {
                throw CodedException.Failed("output.exists",
                    $"output '{path}' exists and was painted from other pictures or with other options.",
                    "allow it to be replaced, or name another folder");
            }

            _files[i] = new OutputFile(
                context, path, [], settings.Force || earlier is not null, settings.Encode);
        }
    }

    /// <summary>Returns the recipe of a result that need not be painted again; null if it must be painted.</summary>
    internal Recipe? Existing(int index) => _existing[index];

    /// <summary>Throws if a file has appeared since the check: by another program, or because the file system regards
    /// the names of two results as the same.</summary>
    /// <exception cref="CodedException">There is such a file (<c>output.exists</c>).</exception>
    internal void RequireUnchanged(int index)
    {
        if (!_existed[index] && File.Exists(_jobs[index].OutputPath))
        {
            throw CodedException.Failed("output.exists",
                $"'{_jobs[index].OutputPath}' has been written meanwhile, by another program or under a name that " +
                "this file system regards as the same.",
                "rename one of the inputs, or name another folder");
        }
    }

    /// <summary>Throws if the format cannot store a result.</summary>
    /// <exception cref="CodedException">The picture would be too large.</exception>
    internal void RequireSize(int index, StylizeRequest request) => _files[index].RequireSize(request);

    /// <summary>Writes a result.</summary>
    internal void Save(int index, Picture picture) => _files[index].Save(picture);
}
