// Sums over positions: of weight * (f + shift) * (g + shift)^T for the feature vectors of two maps, and of weight * f for
// those of one.
//
// A work-group of SIDE x SIDE items computes a tile of products over a share of the positions, EACH x EACH products an
// item. It adds up RUN positions in single precision, and these sums in two floats.

#define TILE (SIDE * EACH)
#define STEPS 8

#if RUN % STEPS != 0
#error A run is a number of whole steps.
#endif

// Products of channels of a deeper map (rows) and of a shallower or the same one (columns); each feature vector of the
// deeper is paired with those of the shallower that lie on it. A share of "share" positions, a multiple of RUN, for
// each z. Of a symmetric result, the tiles above the diagonal are left out.
__kernel __attribute__((reqd_work_group_size(SIDE, SIDE, 1)))
void products(
    __global const float* f, int4 map_f, __global const float* g, int4 map_g, float shift,
    __global const float* weights, int has_weights, int first, int end, int share, int is_symmetric,
    __global float2* target)
{
    __local float tile_f[STEPS][TILE], tile_g[STEPS][TILE];

    // Where the features of a run begin; -1 beyond the share.
    __local long places_f[RUN], places_g[RUN];
    __local float factors[RUN];
    if (is_symmetric && get_group_id(0) > get_group_id(1))
        return;
    int channels_f = CHANNELS(map_f), channels_g = CHANNELS(map_g), width = WIDTH(map_g);
    int column = get_local_id(0), row = get_local_id(1), item = row * SIDE + column;
    int start_f = get_group_id(1) * TILE, start_g = get_group_id(0) * TILE;
    long begin = (long)get_group_id(2) * share;
    long limit = min(begin + share, (long)(end - first) * width);

    float sums[EACH][EACH];
    float2 totals[EACH][EACH];
#pragma unroll
    for (int i = 0; i < EACH; i++)
    {
#pragma unroll
        for (int j = 0; j < EACH; j++)
        {
            sums[i][j] = 0.0f;
            totals[i][j] = (float2)(0.0f);
        }
    }

    for (long start = begin; start < limit; start += STEPS)
    {
        int place = (int)((start - begin) % RUN);
        barrier(CLK_LOCAL_MEM_FENCE);
        if (place == 0)
        {
            for (int i = item; i < RUN; i += SIDE * SIDE)
            {
                long position = start + i;
                int y = (int)(position / width) + first, x = (int)(position % width);
                int deep_y = (int)((long)y * HEIGHT(map_f) / HEIGHT(map_g));
                int deep_x = (int)((long)x * WIDTH(map_f) / width);
                int is_inside = position < limit;
                places_f[i] = is_inside ? at(map_f, deep_y, deep_x) : -1;
                places_g[i] = is_inside ? at(map_g, y, x) : -1;
                factors[i] = is_inside ? weight_at(weights, has_weights, width, y, x) : 0.0f;
            }

            barrier(CLK_LOCAL_MEM_FENCE);
        }

        for (int i = item; i < STEPS * TILE; i += SIDE * SIDE)
        {
            int step = i / TILE, c = i % TILE;
            long place_f = places_f[place + step], place_g = places_g[place + step];
            tile_f[step][c] = place_f >= 0 && start_f + c < channels_f ? f[place_f + start_f + c] + shift : 0.0f;
            tile_g[step][c] = place_g >= 0 && start_g + c < channels_g
                ? factors[place + step] * (g[place_g + start_g + c] + shift) : 0.0f;
        }

        barrier(CLK_LOCAL_MEM_FENCE);
        for (int step = 0; step < STEPS; step++)
        {
            float values_g[EACH];
#pragma unroll
            for (int j = 0; j < EACH; j++)
                values_g[j] = tile_g[step][column + j * SIDE];
#pragma unroll
            for (int i = 0; i < EACH; i++)
            {
                float value_f = tile_f[step][row * EACH + i];
#pragma unroll
                for (int j = 0; j < EACH; j++)
                    sums[i][j] = fma(value_f, values_g[j], sums[i][j]);
            }
        }

        if ((start + STEPS - begin) % RUN == 0 || start + STEPS >= limit)
        {
#pragma unroll
            for (int i = 0; i < EACH; i++)
            {
#pragma unroll
                for (int j = 0; j < EACH; j++)
                {
                    totals[i][j] = add(totals[i][j], sums[i][j]);
                    sums[i][j] = 0.0f;
                }
            }
        }
    }

#pragma unroll
    for (int i = 0; i < EACH; i++)
    {
#pragma unroll
        for (int j = 0; j < EACH; j++)
        {
            int channel_f = start_f + row * EACH + i, channel_g = start_g + column + j * SIDE;
            if (channel_f < channels_f && channel_g < channels_g)
                target[((long)get_group_id(2) * channels_f + channel_f) * channels_g + channel_g] = totals[i][j];
        }
    }
}

// The sum of weight * f over a share of the positions for each y of the range: a work-item for each channel.
__kernel void totals(
    __global const float* f, int4 map, __global const float* weights, int has_weights, int first, int end, int share,
    __global float2* target)
{
    int channel = get_global_id(0), channels = CHANNELS(map), width = WIDTH(map);
    if (channel >= channels)
        return;
    long begin = (long)get_global_id(1) * share;
    long limit = min(begin + share, (long)(end - first) * width);
    float2 sum = (float2)(0.0f);
    for (long position = begin; position < limit; position++)
    {
        int y = (int)(position / width) + first, x = (int)(position % width);
        float value = f[at(map, y, x) + channel];
        sum = add_product(sum, weight_at(weights, has_weights, width, y, x), value);
    }

    target[(long)get_global_id(1) * channels + channel] = sum;
}

// Adds up the shares, in order.
__kernel void add_shares(__global const float2* shares, int count, int share_count, __global float2* target)
{
    int i = get_global_id(0);
    if (i >= count)
        return;
    float2 sum = (float2)(0.0f);
    for (int share = 0; share < share_count; share++)
        sum = add_sum(sum, shares[(long)share * count + i]);
    target[i] = sum;
}
