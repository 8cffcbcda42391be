// What every source begins with. What may be fused is written as fma: sums that compensate for rounding rely on what is
// written.
#pragma OPENCL FP_CONTRACT OFF

// A map is a row-major array of pixels, whose channels lie side by side, with a border of one pixel on each side. It is
// described by an int4: height, width, channels, and the first of its rows that is in memory. "first" and "end" are
// rows of the map, counted from its top.

#define HEIGHT(map) ((map).x)
#define WIDTH(map) ((map).y)
#define CHANNELS(map) ((map).z)
#define FIRST_ROW(map) ((map).w)

// The index of the first channel of a pixel, which may be one of the border.
static inline long at(int4 map, int y, int x)
{
    return ((long)(y + 1 - FIRST_ROW(map)) * (WIDTH(map) + 2) + x + 1) * CHANNELS(map);
}

// Sums are kept in two floats, the second of which is what the first has lost to rounding: about 48 bits together, on
// devices without double precision too (Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B; products as
// in Ogita, Rump and Oishi, Accurate Sum and Dot Product, SIAM J. Sci. Comput. 26, 2005).
static inline float2 add(float2 sum, float value)
{
    float total = sum.x + value;
    float kept = total - sum.x;
    return (float2)(total, sum.y + ((sum.x - (total - kept)) + (value - kept)));
}

static inline float2 add_sum(float2 sum, float2 other)
{
    float2 total = add(sum, other.x);
    return (float2)(total.x, total.y + other.y);
}

static inline float2 add_product(float2 sum, float a, float b)
{
    float product = a * b;
    float2 total = add(sum, product);
    return (float2)(total.x, total.y + fma(a, b, -product));
}

// Unlike fmin and fmax, these let a value that is not a number pass, so that it is not hidden.
static inline float clamped(float value, float min_value, float max_value)
{
    return value < min_value ? min_value : value > max_value ? max_value : value;
}

static inline float positive_part(float value)
{
    return value <= 0.0f ? 0.0f : value;
}

// The weight of a position; 1 if there are none.
static inline float weight_at(__global const float* weights, int has_weights, int width, int y, int x)
{
    return has_weights ? weights[(long)y * width + x] : 1.0f;
}

#if defined(GROUP_M)

// Matrix products: a work-group of GROUP_M x GROUP_N items computes a tile, EACH_M x EACH_N results an item, in steps of
// TILE_K terms, for which both operands are copied to local memory first. EACH_M and EACH_N are multiples of 4. Items lie
// along n first, so that neighbors write values that lie side by side.
#define ITEMS (GROUP_M * GROUP_N)
#define TILE_M (GROUP_M * EACH_M)
#define TILE_N (GROUP_N * EACH_N)

// The operands are read four at a time; a column more, so that items that write one row each meet different banks.
#define ROW_A (TILE_M / 4 + 1)
#define ROW_B (TILE_N / 4 + 1)

// The column in its tile of result j of an item.
#define COLUMN(row_n, j) (4 * ((row_n) + (j) / 4 * GROUP_N) + (j) % 4)

// Adds the products of one step to the sums of an item.
static inline void add_tiles(
    __local const float4 tile_a[TILE_K][ROW_A], __local const float4 tile_b[TILE_K][ROW_B], int row_m, int row_n,
    float sums[EACH_M][EACH_N])
{
    for (int step = 0; step < TILE_K; step++)
    {
        float values_a[EACH_M], values_b[EACH_N];
#pragma unroll
        for (int i = 0; i < EACH_M / 4; i++)
            vstore4(tile_a[step][row_m * (EACH_M / 4) + i], i, values_a);
#pragma unroll
        for (int j = 0; j < EACH_N / 4; j++)
            vstore4(tile_b[step][row_n + j * GROUP_N], j, values_b);
#pragma unroll
        for (int i = 0; i < EACH_M; i++)
        {
#pragma unroll
            for (int j = 0; j < EACH_N; j++)
                sums[i][j] = fma(values_a[i], values_b[j], sums[i][j]);
        }
    }
}

#endif
