// Matrix products between features and weights: result(m, n) = the sum over k of a(m, k) * b[k][n], for the positions m of
// some rows.
//
// What a is, one of
//   CONVOLVE  the 3x3 neighborhood of the position in a map: k is tap * channels + channel
//   PAIRED    the features of a map at the position that is paired with m, plus a shift
//   PLAIN     row array_start + m of an array
//   BATCHED   row m of one of several arrays of "count" rows, one behind the other, as the weights are
// What becomes of the result, one of
//   RELU      target = max(0, result + bias); signs are whether it is above 0
//   MASKED    target = result where the signs say so, otherwise 0
//   PICTURE   target = result, at pixels of the border too
//   (BATCHED) row m of the array of results with the same index
//   ADDED     target += weight * (result + bias), where the features are above 0; otherwise target = 0
//
// The tiles are those of common.cl.

__kernel __attribute__((reqd_work_group_size(GROUP_N, GROUP_M, 1)))
void product(
    __global const float* a, int4 from, int array_start, float shift, __global const float* b, int outputs, int depth,
    int4 region, __global const float* bias, __global uchar* signs, int has_signs, __global const float* features,
    int4 like, __global const float* weights, int has_weights, __global float* target, int4 to)
{
    __local float4 tile_a[TILE_K][ROW_A], tile_b[TILE_K][ROW_B];
    __local long origins[TILE_M];

    int row_n = get_local_id(0), row_m = get_local_id(1), item = row_m * GROUP_N + row_n;
    int start_n = get_group_id(0) * TILE_N;
    long start_m = (long)get_group_id(1) * TILE_M, count = (long)region.z * region.w;
#if defined(BATCHED)
    long batch = get_group_id(2);
    a += batch * count * depth;
    b += batch * depth * outputs;
    target += batch * count * outputs;
#endif

    for (int m = item; m < TILE_M; m += ITEMS)
    {
        long position = start_m + m;
        int y = region.x + (int)(position / region.w), x = region.y + (int)(position % region.w);
#if defined(CONVOLVE)
        long origin = at(from, y, x);
#elif defined(PAIRED)
        long origin = at(
            from, (int)((long)y * HEIGHT(from) / HEIGHT(to)), (int)((long)x * WIDTH(from) / WIDTH(to)));
#else
        long origin = (array_start + position) * depth;
#endif
        origins[m] = position < count ? origin : -1;
    }

    float sums[EACH_M][EACH_N];
#pragma unroll
    for (int i = 0; i < EACH_M; i++)
    {
#pragma unroll
        for (int j = 0; j < EACH_N; j++)
            sums[i][j] = 0.0f;
    }

    for (int start = 0; start < depth; start += TILE_K)
    {
        barrier(CLK_LOCAL_MEM_FENCE);
        int k = start + item % TILE_K;
#if defined(CONVOLVE)
        int tap = k / CHANNELS(from), dy = tap / 3 - 1, dx = tap % 3 - 1;
        long offset = ((long)dy * (WIDTH(from) + 2) + dx) * CHANNELS(from) + (k - tap * CHANNELS(from));
#else
        long offset = k;
#endif
        for (int m = item / TILE_K; m < TILE_M; m += ITEMS / TILE_K)
        {
            float value = 0.0f;
            if (k < depth && origins[m] >= 0)
            {
#if defined(PICTURE)
                long position = start_m + m;
                int y = region.x + (int)(position / region.w) + dy, x = region.y + (int)(position % region.w) + dx;
                if (y >= -1 && x >= -1 && y <= HEIGHT(from) && x <= WIDTH(from))
                    value = a[origins[m] + offset];
#elif defined(PAIRED)
                value = a[origins[m] + offset] + shift;
#else
                value = a[origins[m] + offset];
#endif
            }

            ((__local float*)tile_a[item % TILE_K])[m] = value;
        }

        for (int i = item; i < TILE_K * TILE_N; i += ITEMS)
        {
            int row_k = start + i / TILE_N, n = start_n + i % TILE_N;
            ((__local float*)tile_b[i / TILE_N])[i % TILE_N] =
                row_k < depth && n < outputs ? b[(long)row_k * outputs + n] : 0.0f;
        }

        barrier(CLK_LOCAL_MEM_FENCE);
        add_tiles(tile_a, tile_b, row_m, row_n, sums);
    }

#pragma unroll
    for (int i = 0; i < EACH_M; i++)
    {
        long position = start_m + row_m * EACH_M + i;
        if (position >= count)
            continue;
#if defined(BATCHED)
        __global float* pixel = target + position * outputs;
#else
        int y = region.x + (int)(position / region.w), x = region.y + (int)(position % region.w);
        __global float* pixel = target + at(to, y, x);
#endif
#pragma unroll
        for (int j = 0; j < EACH_N; j++)
        {
            int n = start_n + COLUMN(row_n, j);
            if (n >= outputs)
                continue;
            float result = sums[i][j];
#if defined(RELU)
            result += bias[n];
            pixel[n] = positive_part(result);
            if (has_signs)
                signs[((long)y * WIDTH(to) + x) * outputs + n] = result > 0.0f;
#elif defined(MASKED)
            pixel[n] = !has_signs || signs[((long)y * WIDTH(to) + x) * outputs + n] ? result : 0.0f;
#elif defined(PICTURE) || defined(BATCHED)
            pixel[n] = result;
#else
            float weight = weight_at(weights, has_weights, WIDTH(to), y, x);
            result += bias[n];
            pixel[n] = features[at(like, y, x) + n] > 0.0f ? fma(weight, result, pixel[n]) : 0.0f;
#endif
        }
    }
}
