using Atelier.Color;
using Atelier.Guides;
using Atelier.Options;

namespace Atelier;

public sealed partial record StylizeRequest
{
    /// <summary>Refuses what cannot be painted, whatever network there is.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures; it names all problems.
    /// </exception>
    internal void Require()
    {
        string[] problems = [.. Options.Validate(Styles.Length), .. Guides.Validate(Styles.Length)];
        if (problems.Length == 0)
        {
            problems =
            [
                .. Guidance.ProblemsWith(Guides, Options, Styles),
                .. ColorTreatment.ProblemsWith(Options, Styles, Content, Palette, Guides.ColorMask),
                .. ProblemsWithPictures(),
            ];
        }

        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }
    }

    private IEnumerable<string> ProblemsWithPictures()
    {
        if (Content is null && (Options.ContentWeight != 0 || Options.Init == InitKind.Content))
        {
            yield return "no content picture is given; name one, or set content-weight to 0 and init to style-stats.";
        }

        if (Content is null && Guides.KeepPhotograph)
        {
            yield return
                "no content picture is given, so nothing of it can stay where no style acts; name one, leave " +
                "preserve out, and let one style-mask be 'all' or 'rest'.";
        }

        if (Initial is null && Options.Init == InitKind.File)
        {
            yield return "init is a picture, but none is given.";
        }
    }
}
