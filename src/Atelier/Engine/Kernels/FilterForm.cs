namespace Atelier.Engine.Kernels;

/// <summary>How a kernel wants a filter's numbers to lie.</summary>
internal enum FilterForm
{
    /// <summary>See <see cref="DirectPanels{T}"/>.</summary>
    Direct,

    /// <summary>See <see cref="WinogradPanels{T}"/>.</summary>
    Winograd,
}
