namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The packing of a filter's values that a kernel requires.</summary>
internal enum FilterForm
{
    /// <summary>See <see cref="DirectPanels{T}"/>.</summary>
    Direct,

    /// <summary>See <see cref="WinogradPanels{T}"/>.</summary>
    Winograd,

    /// <summary>See <see cref="TilePanels"/>.</summary>
    BFloat16,

    /// <summary>For each group of vectors, input by input: the nine taps of all outputs side by side. For a direction
    /// of up to four outputs.</summary>
    TapsTogether,
}
