namespace Atelier.Engine.Cpu.Kernels;

/// <summary>target = keep × target + matrix · source for the pixels of a part of two planar pictures.</summary>
internal readonly unsafe struct MixPlanesJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required float* Source { get; init; }

    internal required float* Target { get; init; }

    /// <summary>Three rows of three values.</summary>
    internal required float* Matrix { get; init; }

    internal required float Keep { get; init; }

    /// <summary>Values of a plane.</summary>
    internal required int Area { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Area);
        int whole = first + ((end - first) / T.Count * T.Count);
        Mix<T>(first, whole);
        Mix<LanesScalar>(whole, end);
    }

    private void Mix<TLanes>(int first, int end) where TLanes : struct, ILanes<TLanes>
    {
        for (int plane = 0; plane < 3; plane++)
        {
            float* target = Target + (plane * (nint)Area), green = Source + Area, blue = green + Area;
            TLanes keep = TLanes.Broadcast(Keep), fromRed = TLanes.Broadcast(Matrix[3 * plane]);
            TLanes fromGreen = TLanes.Broadcast(Matrix[(3 * plane) + 1]);
            TLanes fromBlue = TLanes.Broadcast(Matrix[(3 * plane) + 2]);
            for (int i = first; i < end; i += TLanes.Count)
            {
                TLanes sum = TLanes.Multiply(fromRed, TLanes.Load(Source + i));
                sum = TLanes.MultiplyAdd(fromGreen, TLanes.Load(green + i), sum);
                sum = TLanes.MultiplyAdd(fromBlue, TLanes.Load(blue + i), sum);
                sum = Keep == 0 ? sum : TLanes.MultiplyAdd(keep, TLanes.Load(target + i), sum);
                TLanes.Store(sum, target + i);
            }
        }
    }
}
