// The search for nearest neighbors: for each row of an array of directions, the vector of a bank with the largest dot
// product plus offset; of equal ones, the first. The tiles are as in product.cl; a work-group goes through the bank.

#define ITEMS (GROUP_M * GROUP_N)
#define TILE_M (GROUP_M * EACH_M)
#define TILE_N (GROUP_N * EACH_N)

__kernel __attribute__((reqd_work_group_size(GROUP_N, GROUP_M, 1)))
void find_neighbors(
    __global const float* directions, int count, __global const float* bank, int vectors, int channels,
    __global const float* offsets, __global int* neighbors, int first_position)
{
    __local float tile_a[TILE_K][TILE_M + 1];
    __local float tile_b[TILE_K][TILE_N + 1];
    __local float best_values[TILE_M][GROUP_N];
    __local int best_places[TILE_M][GROUP_N];

    int row_n = get_local_id(0), row_m = get_local_id(1), item = row_m * GROUP_N + row_n;
    int start_m = get_group_id(1) * TILE_M;
    float largest[EACH_M];
    int places[EACH_M];
#pragma unroll
    for (int i = 0; i < EACH_M; i++)
    {
        largest[i] = -INFINITY;
        places[i] = 0;
    }

    for (int start_n = 0; start_n < vectors; start_n += TILE_N)
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
                tile_a[item % TILE_K][m] = k < channels && start_m + m < count
                    ? directions[(long)(start_m + m) * channels + k] : 0.0f;
            }

            for (int n = item / TILE_K; n < TILE_N; n += ITEMS / TILE_K)
            {
                tile_b[item % TILE_K][n] = k < channels && start_n + n < vectors
                    ? bank[(long)(start_n + n) * channels + k] : 0.0f;
            }

            barrier(CLK_LOCAL_MEM_FENCE);
            for (int step = 0; step < TILE_K; step++)
            {
                float values_b[EACH_N];
#pragma unroll
                for (int j = 0; j < EACH_N; j++)
                    values_b[j] = tile_b[step][row_n + j * GROUP_N];
#pragma unroll
                for (int i = 0; i < EACH_M; i++)
                {
                    float value_a = tile_a[step][row_m * EACH_M + i];
#pragma unroll
                    for (int j = 0; j < EACH_N; j++)
                        sums[i][j] = fma(value_a, values_b[j], sums[i][j]);
                }
            }
        }

#pragma unroll
        for (int j = 0; j < EACH_N; j++)
        {
            int n = start_n + row_n + j * GROUP_N;
            for (int i = 0; i < EACH_M && n < vectors; i++)
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

        neighbors[first_position + start_m + m] = place;
    }
}
