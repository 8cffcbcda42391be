// What every source begins with. What may be fused is written as fma: sums that compensate for rounding rely on what is
// written.
#pragma OPENCL FP_CONTRACT OFF
//
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
// devices without double precision too (Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B; products as in
// Ogita, Rump and Oishi, Accurate Sum and Dot Product, SIAM J. Sci. Comput. 26, 2005).
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
