namespace Atelier.Weights.Hdf5;

/// <summary>A chunk of a dataset.</summary>
/// <param name="Corner">Its position among the chunks, in chunks along each axis.</param>
/// <param name="Bytes">Number of stored bytes.</param>
/// <param name="FilterMask">A bit for each filter that was skipped.</param>
internal sealed record Chunk(long[] Corner, long Address, long Bytes, uint FilterMask);
