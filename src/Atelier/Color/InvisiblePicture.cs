using Atelier.Imaging;

namespace Atelier.Color;

/// <summary>The problem with a picture of which transparency leaves nothing to see.</summary>
internal static class InvisiblePicture
{
    /// <summary>Returns the problem; null if there is no picture, or something of it is visible.</summary>
    /// <param name="option">Name of the option that gives the picture.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="subject">What the picture is called in messages.</param>
    internal static Problem? ProblemWith(string option, Picture? picture, string subject)
        => picture?.IsInvisible == true
            ? new Problem(option, "is wholly transparent", "use a picture of which at least a part is visible")
            {
                Subject = subject,
            }
            : null;

    /// <summary>Throws if nothing of a picture is visible.</summary>
    /// <exception cref="OptionsException">The picture is wholly transparent.</exception>
    internal static void Refuse(string option, Picture picture, string subject)
    {
        if (ProblemWith(option, picture, subject) is Problem problem)
        {
            throw new OptionsException(problem);
        }
    }
}
