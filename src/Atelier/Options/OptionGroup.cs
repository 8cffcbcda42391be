namespace Atelier.Options;

/// <summary>Groups of options, in the order in which help, forms and documentation show them.</summary>
public enum OptionGroup
{
    /// <summary>Options that nearly every run uses.</summary>
    Basic,

    /// <summary>What is taken from the artworks.</summary>
    Style,

    /// <summary>What is kept of the photograph, and the initial picture.</summary>
    Content,

    /// <summary>The colors of the result.</summary>
    Color,

    /// <summary>Masks and regions.</summary>
    Where,

    /// <summary>The scales, the optimizer and the computation.</summary>
    How,

    /// <summary>The consistency of the frames of a video.</summary>
    Video,

    /// <summary>The files that are written.</summary>
    Output,
}

/// <summary>The inputs for which an option has an effect.</summary>
public enum OptionScope
{
    /// <summary>Any inputs.</summary>
    Always,

    /// <summary>Runs with a content picture.</summary>
    WithContent,

    /// <summary>Runs with styles.</summary>
    WithStyle,

    /// <summary>Runs without a content picture.</summary>
    WithoutContent,
}
