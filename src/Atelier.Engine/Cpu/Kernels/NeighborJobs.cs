namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Feature vectors relative to a mean, as a job sees them.</summary>
internal readonly unsafe struct CenteredView(MapView map, float* mean)
{
    internal MapView Map { get; } = map;

    /// <summary>The mean, padded with zeros like a feature vector.</summary>
    internal float* Mean { get; } = mean;

    /// <summary>1 ⁄ √(|f − μ|² + ε²) of a feature vector f.</summary>
    internal float InverseLength<T>(float* vector) where T : struct, ILanes<T>
    {
        T sum = T.Zero;
        for (int c = 0; c < Map.PixelStride; c += T.Count)
        {
            T value = T.Subtract(T.Load(vector + c), T.Load(Mean + c));
            sum = T.MultiplyAdd(value, value, sum);
        }

        return InverseLength(T.Sum(sum));
    }

    internal static float InverseLength(double square)
        => (float)(1 / Math.Sqrt(square + (IEngine.DirectionEpsilon * (double)IEngine.DirectionEpsilon)));
}

/// <summary>Finds the neighbors of the positions of a few rows: products of their directions with all vectors of a
/// bank, a panel at a time, of which the largest are kept.</summary>
/// <remarks>The border between rows is searched too, so the rows are one long column of pixels.</remarks>
internal readonly unsafe struct FindNeighborsJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // Pixels whose directions stay in the first cache while the panels pass by; a multiple of the tiles' heights.
    private const int PixelsOfBlock = 48;
    private const int PixelsOfPart = 192;
    private const int PanelWidth = CpuFeatureBank.PanelWidth;

    internal required CenteredView Features { get; init; }

    /// <summary>The guide; not looked at when its share is 0.</summary>
    internal required CenteredView Guide { get; init; }

    internal required float Share { get; init; }

    /// <summary>Weight of the share at each position, with the rows' spacing of a map; null for 1.</summary>
    internal required float* ShareWeights { get; init; }

    /// <summary>The bank's panels.</summary>
    internal required float* Panels { get; init; }

    /// <summary>What the dot product with each column starts from.</summary>
    internal required float* Start { get; init; }

    /// <summary>Number of columns.</summary>
    internal required int Columns { get; init; }

    internal required int* Neighbors { get; init; }

    internal required Rows Rows { get; init; }

    internal required int RowsOfPart { get; init; }

    /// <summary>Room for each worker: directions and products of a block, and the largest ones so far.</summary>
    internal required float* Room { get; init; }

    internal static int RowsFor(int width) => Math.Max(1, PixelsOfPart / width);

    internal static nint RoomFor(int channels) => PixelsOfBlock * (nint)(channels + PanelWidth + (2 * T.Count));

    public void Execute(int index)
    {
        int first = Rows.First + (index * RowsOfPart), rows = Math.Min(RowsOfPart, Rows.End - first);
        int step = Features.Map.PixelStride, pixels = (rows * (Features.Map.Width + 2)) - 2;
        float* directions = Room + (WorkerPool.CurrentWorker * RoomFor(step));
        float* products = directions + (PixelsOfBlock * (nint)step);
        for (int pixel = 0; pixel < pixels; pixel += PixelsOfBlock)
        {
            int count = Math.Min(PixelsOfBlock, pixels - pixel);
            float* features = Features.Map.Row(first) + (pixel * (nint)step);
            float* guide = Share == 0 ? null : Guide.Map.Row(first) + (pixel * (nint)step);
            nint position = (first * (Features.Map.Width + (nint)2)) + pixel;
            WriteDirections(features, guide, ShareWeights == null ? null : ShareWeights + position, count, directions);
            Search(directions, products, count, Neighbors + position);
        }
    }

    private void WriteDirections(float* features, float* guide, float* shareWeights, int pixels, float* target)
    {
        int step = Features.Map.PixelStride;
        for (int pixel = 0; pixel < pixels; pixel++, features += step, guide += step, target += step)
        {
            float share = shareWeights == null ? Share : Math.Min(1, Share * shareWeights[pixel]);
            T scale = T.Broadcast((1 - share) * Features.InverseLength<T>(features));
            T guideScale = Share == 0 ? T.Zero : T.Broadcast(share * Guide.InverseLength<T>(guide));
            for (int c = 0; c < step; c += T.Count)
            {
                T value = T.Multiply(scale, T.Subtract(T.Load(features + c), T.Load(Features.Mean + c)));
                if (Share != 0)
                {
                    T other = T.Subtract(T.Load(guide + c), T.Load(Guide.Mean + c));
                    value = T.MultiplyAdd(guideScale, other, value);
                }

                T.Store(value, target + c);
            }
        }
    }

    private void Search(float* directions, float* products, int pixels, int* neighbors)
    {
        int step = Features.Map.PixelStride, vectors = RegisterTiles<T>.GroupSize(4), width = vectors * T.Count;
        float* best = products + (PixelsOfBlock * (nint)PanelWidth), places = best + (PixelsOfBlock * T.Count);
        new Span<float>(best, pixels * T.Count).Fill(float.NegativeInfinity);
        new Span<float>(places, pixels * T.Count).Clear();
        TileOperands o = new()
        {
            ARowStep = step * sizeof(float),
            ADepthStep = sizeof(float),
            Taps = 1,
            Depth = step,
            BDepthStep = width * sizeof(float),
            StartRowStep = 0,
            CRowStep = width,
        };
        int groups = Columns / width;
        for (int group = 0; group < groups; group++)
        {
            int column = group * width;
            o.B = Panels + (column * (nint)step);
            RegisterTiles<T>.Multiply(o, vectors, pixels, directions, Start + column, products);
            for (int pixel = 0; pixel < pixels; pixel++)
                KeepLargest(products + (pixel * width), vectors, group * vectors, best + (pixel * T.Count),
                    places + (pixel * T.Count));
        }

        for (int pixel = 0; pixel < pixels; pixel++)
            neighbors[pixel] = Largest(best + (pixel * T.Count), places + (pixel * T.Count));
    }

    /// <summary>Keeps in each lane the largest product so far and the number of its vector of columns.</summary>
    private static void KeepLargest(float* products, int vectors, int firstVector, float* best, float* places)
    {
        T largest = T.Load(best), place = T.Load(places);
        for (int vector = 0; vector < vectors; vector++)
        {
            T product = T.Load(products + (vector * T.Count));
            uint larger = T.GreaterBits(product, largest);
            place = T.Add(T.Keep(larger, T.Broadcast(firstVector + vector)), T.Keep(~larger, place));
            largest = T.Max(largest, product);
        }

        T.Store(largest, best);
        T.Store(place, places);
    }

    private static int Largest(float* best, float* places)
    {
        float largest = best[0];
        int place = (int)places[0] * T.Count;
        for (int lane = 1; lane < T.Count; lane++)
        {
            int candidate = ((int)places[lane] * T.Count) + lane;
            if (best[lane] > largest || (best[lane] == largest && candidate < place))
                (largest, place) = (best[lane], candidate);
        }

        return place;
    }
}

/// <summary>What a loss on neighbors reads of a row.</summary>
internal readonly unsafe struct NeighborRow(CenteredView features, float* vectors, int* neighbors, float* weights)
{
    internal CenteredView Features { get; } = features;

    /// <summary>The features of a row.</summary>
    internal float* FeaturesOf(int row) => Features.Map.Row(row);

    /// <summary>The neighbor of a position.</summary>
    internal float* NeighborOf(int row, int x)
        => vectors + (neighbors[(row * (Features.Map.Width + (nint)2)) + x] * (nint)Features.Map.PixelStride);

    /// <summary>The weight of a position.</summary>
    internal float WeightOf(int row, int x)
        => weights == null ? 1f : weights[(row * (Features.Map.Width + (nint)2)) + x];
}

/// <summary>Σ w × (1 − b·d) of a row, for the directions d of its positions and their neighbors b.</summary>
internal readonly unsafe struct NeighborDistanceJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required NeighborRow Positions { get; init; }

    /// <summary>One sum for each row, from row 0 on.</summary>
    internal required double* Sums { get; init; }

    public void Execute(int row)
    {
        CenteredView view = Positions.Features;
        float* features = Positions.FeaturesOf(row);
        double sum = 0;
        for (int x = 0; x < view.Map.Width; x++, features += view.Map.PixelStride)
        {
            (double square, double product) = Products(view, features, Positions.NeighborOf(row, x));
            sum += Positions.WeightOf(row, x) * (1 - (product * CenteredView.InverseLength(square)));
        }

        Sums[row] = sum;
    }

    /// <summary>|f − μ|² and b·(f − μ).</summary>
    internal static (double Square, double Product) Products(CenteredView view, float* features, float* neighbor)
    {
        T square = T.Zero, product = T.Zero;
        for (int c = 0; c < view.Map.PixelStride; c += T.Count)
        {
            T value = T.Subtract(T.Load(features + c), T.Load(view.Mean + c));
            square = T.MultiplyAdd(value, value, square);
            product = T.MultiplyAdd(value, T.Load(neighbor + c), product);
        }

        return (T.Sum(square), T.Sum(product));
    }
}

/// <summary>The gradient of <see cref="NeighborDistanceJob{T}"/> for a row, times a scale, and on through the ReLU
/// whose outputs the features are.</summary>
internal readonly unsafe struct NeighborGradientJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required NeighborRow Positions { get; init; }

    internal required float Scale { get; init; }

    internal required MapView Gradient { get; init; }

    public void Execute(int row)
    {
        CenteredView view = Positions.Features;
        float* features = Positions.FeaturesOf(row), gradient = Gradient.Row(row);
        int step = view.Map.PixelStride;
        for (int x = 0; x < view.Map.Width; x++, features += step, gradient += step)
        {
            float* neighbor = Positions.NeighborOf(row, x);
            (double square, double product) = NeighborDistanceJob<T>.Products(view, features, neighbor);

            // d (1 − b·v ⁄ |v|) = −b ⁄ |v| + (b·v) v ⁄ |v|³ for v = f − μ.
            float inverse = CenteredView.InverseLength(square), scale = Scale * Positions.WeightOf(row, x) * inverse;
            T toNeighbor = T.Broadcast(-scale), along = T.Broadcast((float)(scale * product * inverse * inverse));
            for (int c = 0; c < step; c += T.Count)
            {
                T feature = T.Load(features + c), value = T.Subtract(feature, T.Load(view.Mean + c));
                T sum = T.MultiplyAdd(toNeighbor, T.Load(neighbor + c), T.Load(gradient + c));
                T.Store(T.KeepPositive(feature, T.MultiplyAdd(along, value, sum)), gradient + c);
            }
        }
    }
}
