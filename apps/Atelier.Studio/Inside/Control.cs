using System.Collections.Immutable;
using System.Globalization;
using Atelier.Options;
using Atelier.Studio.Painting;

namespace Atelier.Studio.Inside;

/// <summary>The values of a figure's controls, as text.</summary>
public sealed record ControlValues(ImmutableDictionary<string, string> ByName)
{
    /// <summary>Returns the values with which controls start.</summary>
    public static ControlValues StartOf(IEnumerable<Control> controls)
        => new(controls.ToImmutableDictionary(control => control.Name, control => control.Start));

    /// <summary>The value of a control.</summary>
    public string this[string name] => ByName[name];

    /// <summary>The value of a fader.</summary>
    public double Number(string name) => double.Parse(this[name], CultureInfo.InvariantCulture);

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string name) => this[name] == SwitchControl.On;

    /// <summary>Returns the values with another for a control.</summary>
    public ControlValues With(string name, string value) => new(ByName.SetItem(name, value));

    /// <summary>Returns options with the values of some controls that are named like options.</summary>
    public StylizeOptions Apply(StylizeOptions options, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            options = StylizeOptionTable.All.Single(option => option.Name == name).Change(options, this[name]);
        return options;
    }
}

/// <summary>One thing about a figure that a person changes. Its name is also that of its texts.</summary>
/// <param name="Name">The name; that of an option if it is one.</param>
/// <param name="Start">The value at first.</param>
public abstract record Control(string Name, string Start)
{
    /// <summary>The option that it changes; null if it is more than one, or none.</summary>
    public OptionDefinition<StylizeOptions>? Option
        => StylizeOptionTable.All.FirstOrDefault(option => option.Name == Name);
}

/// <summary>A number on a scale.</summary>
/// <param name="Name">The name.</param>
/// <param name="First">The number at the left end.</param>
/// <param name="Last">The number at the right end.</param>
/// <param name="Middle">The number at first.</param>
public sealed record FaderControl(string Name, double First, double Last, double Middle)
    : Control(Name, Middle.ToString(CultureInfo.InvariantCulture))
{
    private const int Digits = 2;

    /// <summary>Whether equal distances on the scale are equal ratios.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether the left end means 0, which a logarithmic scale does not have.</summary>
    public bool FirstIsZero { get; init; }

    /// <summary>Returns the number at a position from 0 to 1, rounded so that it can be read.</summary>
    public double ValueAt(double position)
    {
        if (!IsLogarithmic)
        {
            return Math.Round(First + (position * (Last - First)), 2);
        }

        return FirstIsZero && position <= 0
            ? 0
            : Significant.Round(First * Math.Pow(Last / First, position), Digits);
    }

    /// <summary>Returns the position of a number, from 0 to 1.</summary>
    public double PositionOf(double value)
        => Math.Clamp(
            !IsLogarithmic ? (value - First) / (Last - First)
                : value <= 0 ? 0 : Math.Log(value / First) / Math.Log(Last / First),
            0, 1);
}

/// <summary>One of several values.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The values; each has a text, or is shown as it is.</param>
public sealed record ChoiceControl(string Name, ImmutableArray<string> Values) : Control(Name, Values[0]);

/// <summary>Something that is on or off.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">Whether it is on at first: <see cref="On"/> or <see cref="Off"/>.</param>
public sealed record SwitchControl(string Name, string Start = SwitchControl.Off) : Control(Name, Start)
{
    /// <summary>The two values.</summary>
    public const string On = "on", Off = "off";
}
