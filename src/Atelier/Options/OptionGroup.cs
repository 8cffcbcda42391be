namespace Atelier.Options;

/// <summary>What an option has to do with; help, forms and documents show options in this order.</summary>
public enum OptionGroup
{
    /// <summary>What nearly every run names.</summary>
    Basic,

    /// <summary>What is taken of the artworks.</summary>
    Style,

    /// <summary>What is kept of the photograph, and where painting starts.</summary>
    Content,

    /// <summary>Whose colors the result has.</summary>
    Color,

    /// <summary>Where in the picture something holds.</summary>
    Where,

    /// <summary>How the picture is computed.</summary>
    How,

    /// <summary>What frames of a video have to do with each other.</summary>
    Video,

    /// <summary>What is written.</summary>
    Output,
}

/// <summary>The pictures with which an option means something.</summary>
public enum OptionScope
{
    /// <summary>Any.</summary>
    Always,

    /// <summary>A photograph.</summary>
    WithContent,

    /// <summary>Artworks.</summary>
    WithStyle,

    /// <summary>Artworks alone: with a photograph the option has no use.</summary>
    WithoutContent,
}
