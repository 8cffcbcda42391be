namespace Atelier.Weights.Hdf5;

/// <summary>A chunk of a dataset.</summary>
/// <param name="Corner">Its place among the chunks: counted in chunks along each axis.</param>
/// <param name="Bytes">How many bytes are stored.</param>
/// <param name="FilterMask">A bit for each filter that was left out.</param>
internal sealed record Chunk(long[] Corner, long Address, long Bytes, uint FilterMask);
