// The search for nearest neighbors: for each row of an array of directions, the vector of a bank with the largest dot
// product plus offset; of equal ones, the first. The tiles are those of common.cl; a work-group goes through a slice of the
// bank, and the best of the slices are compared at the end, so that a card has work for all of its units.

__kernel __attribute__((reqd_work_group_size(GROUP_N, GROUP_M, 1)))
void find_neighbors(
    __global const float* directions, int count, __global const float* bank, int vectors, int channels,
    __global const float* offsets, int slice, __global float* slice_values, __global int* slice_places)
{
    __local float4 tile_a[TILE_K][ROW_A], tile_b[TILE_K][ROW_B];
    __local float best_values[TILE_M][GROUP_N];
    __local int best_places[TILE_M][GROUP_N];

    int row_n = get_local_id(0), row_m = get_local_id(1), item = row_m * GROUP_N + row_n;
    int start_m = get_group_id(1) * TILE_M, begin = get_group_id(2) * slice, end = min(begin + slice, vectors);
    float largest[EACH_M];
    int places[EACH_M];
#pragma unroll
    for (int i = 0; i < EACH_M; i++)
    {
        largest[i] = -INFINITY;
        places[i] = begin;
    }

    for (int start_n = begin; start_n < end; start_n += TILE_N)
    {
        float sums[EACH_M][EACH_N];
#pragma unroll
        for (int i = 0; i < EACH_M; i++)
        {
#pragma unroll
            for (int j = 0; j < EACH_N; j++)
                sums[i][j] = 0.0f;
        }

        for (int start = 0; start < channels; start += TILE_K)
        {
            barrier(CLK_LOCAL_MEM_FENCE);
            int k = start + item % TILE_K;
            for (int m = item / TILE_K; m < TILE_M; m += ITEMS / TILE_K)
            {
                ((__local float*)tile_a[item % TILE_K])[m] = k < channels && start_m + m < count
                    ? directions[(long)(start_m + m) * channels + k] : 0.0f;
            }

            for (int n = item / TILE_K; n < TILE_N; n += ITEMS / TILE_K)
            {
                ((__local float*)tile_b[item % TILE_K])[n] = k < channels && start_n + n < end
                    ? bank[(long)(start_n + n) * channels + k] : 0.0f;
            }

            barrier(CLK_LOCAL_MEM_FENCE);
            add_tiles(tile_a, tile_b, row_m, row_n, sums);
        }

#pragma unroll
        for (int j = 0; j < EACH_N; j++)
        {
            int n = start_n + COLUMN(row_n, j);
            for (int i = 0; i < EACH_M && n < end; i++)
            {
                float value = sums[i][j] + offsets[n];
                if (value > largest[i])
                {
                    largest[i] = value;
                    places[i] = n;
                }
            }
        }
    }

#pragma unroll
    for (int i = 0; i < EACH_M; i++)
    {
        best_values[row_m * EACH_M + i][row_n] = largest[i];
        best_places[row_m * EACH_M + i][row_n] = places[i];
    }

    barrier(CLK_LOCAL_MEM_FENCE);
    for (int m = item; m < TILE_M && start_m + m < count; m += ITEMS)
    {
        float value = best_values[m][0];
        int place = best_places[m][0];
        for (int n = 1; n < GROUP_N; n++)
        {
            int is_better = best_values[m][n] > value || (best_values[m][n] == value && best_places[m][n] < place);
            value = is_better ? best_values[m][n] : value;
            place = is_better ? best_places[m][n] : place;
        }

        long target = (long)get_group_id(2) * count + start_m + m;
        slice_values[target] = value;
        slice_places[target] = place;
    }
}

// The best of all slices, in their order.
__kernel void take_best(
    __global const float* slice_values, __global const int* slice_places, int count, int slices,
    __global int* neighbors, int first_position)
{
    int position = get_global_id(0);
    if (position >= count)
        return;
    float value = slice_values[position];
    int place = slice_places[position];
    for (int slice = 1; slice < slices; slice++)
    {
        float other = slice_values[(long)slice * count + position];
        if (other > value)
        {
            value = other;
            place = slice_places[(long)slice * count + position];
        }
    }

    neighbors[first_position + position] = place;
}
