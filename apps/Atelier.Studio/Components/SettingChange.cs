using Atelier.Options;

namespace Atelier.Studio.Components;

/// <summary>A setting that was typed or chosen.</summary>
internal static class SettingChange
{
    /// <summary>Passes on options with the setting, if they have no problem.</summary>
    /// <param name="option">The option.</param>
    /// <param name="options">The present options.</param>
    /// <param name="text">Its new value.</param>
    /// <param name="take">Receives the changed options.</param>
    /// <returns>What is wrong with it, by the name of the option; null if nothing is.</returns>
    public static (string Name, string Text)? Attempt<TOptions>(
        OptionDefinition<TOptions> option, TOptions options, string text, Action<TOptions> take)
    {
        try
        {
            TOptions changed = option.Change(options, text);
            if (option.ProblemsWith(changed).FirstOrDefault() is Problem problem)
            {
                return (option.Name, problem.ToString());
            }

            take(changed);
            return null;
        }
        catch (FormatException error)
        {
            return (option.Name, error.Message);
        }
    }
}
