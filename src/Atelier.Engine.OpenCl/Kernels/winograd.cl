// 3x3 convolutions by the algorithm F(4x4, 3x3) of Lavin and Gray (Fast Algorithms for Convolutional Neural Networks,
// CVPR 2016, section 4.3): a tile of 4x4 results takes 36 products of each pair of channels, and not 144. The points of
// interpolation are 0, 5/8, -5/8, 3/2, -3/2 and infinity, with a third of the rounding error of 0, 1, -1, 2 and -2.
//
// The products of each of the 36 places of all tiles are a matrix product (product.cl, BATCHED), between
// transform_input and transform_output. A tile is counted row by row from the first row of the results; an array of
// transformed values has a matrix for each place, with a row for each tile and a column for each channel.

#define SIDE 6
#define PLACES 36
#define RESULTS 4

// B^T of six values, "step" apart, in place.
static inline void transform_six(float* values, int step)
{
    float d0 = values[0], d1 = values[step], d2 = values[2 * step], d3 = values[3 * step], d4 = values[4 * step],
        d5 = values[5 * step];
    float a = fma(-2.25f, d2, d4), b = 0.625f * fma(-2.25f, d1, d3);
    float c = fma(-0.390625f, d2, d4), d = 1.5f * fma(-0.390625f, d1, d3);
    values[0] = fma(0.87890625f, d0, fma(-2.640625f, d2, d4));
    values[step] = a + b;
    values[2 * step] = a - b;
    values[3 * step] = c + d;
    values[4 * step] = c - d;
    values[5 * step] = fma(0.87890625f, d1, fma(-2.640625f, d3, d5));
}

// A^T of six values, "step" apart: four, in place.
static inline void transform_four(float* values, int step)
{
    float a = values[step] + values[2 * step], b = values[step] - values[2 * step];
    float c = values[3 * step] + values[4 * step], d = values[3 * step] - values[4 * step];
    values[0] += a + c;
    values[step] = fma(0.625f, b, 1.5f * d);
    values[2 * step] = fma(0.390625f, a, 2.25f * c);
    values[3 * step] = fma(0.244140625f, b, fma(3.375f, d, values[5 * step]));
}

// A work-item for each channel of each tile. Rows that no result depends on may not be in memory.
__kernel void transform_input(
    __global const float* input, int4 from, int first, int end, int columns, int tiles, __global float* target)
{
    int channels = CHANNELS(from), channel = (int)(get_global_id(0) % channels);
    int tile = (int)(get_global_id(0) / channels);
    if (tile >= tiles)
        return;
    int y0 = first + tile / columns * RESULTS - 1, x0 = tile % columns * RESULTS - 1;
    float values[PLACES];
#pragma unroll
    for (int y = 0; y < SIDE; y++)
    {
#pragma unroll
        for (int x = 0; x < SIDE; x++)
        {
            values[y * SIDE + x] = y0 + y <= end && x0 + x <= WIDTH(from)
                ? input[at(from, y0 + y, x0 + x) + channel] : 0.0f;
        }
    }

#pragma unroll
    for (int x = 0; x < SIDE; x++)
        transform_six(values + x, SIDE);
#pragma unroll
    for (int y = 0; y < SIDE; y++)
        transform_six(values + y * SIDE, 1);
#pragma unroll
    for (int place = 0; place < PLACES; place++)
        target[((long)place * tiles + tile) * channels + channel] = values[place];
}

// RELU: output = max(0, result + bias), and signs; otherwise output = result where the signs say so, or 0.
__kernel void transform_output(
    __global const float* products, __global const float* bias, __global uchar* signs, int has_signs,
    __global float* output, int4 to, int first, int end, int columns, int tiles)
{
    int channels = CHANNELS(to), channel = (int)(get_global_id(0) % channels);
    int tile = (int)(get_global_id(0) / channels);
    if (tile >= tiles)
        return;
    float values[PLACES];
#pragma unroll
    for (int place = 0; place < PLACES; place++)
        values[place] = products[((long)place * tiles + tile) * channels + channel];
#pragma unroll
    for (int x = 0; x < SIDE; x++)
        transform_four(values + x, SIDE);
#pragma unroll
    for (int y = 0; y < RESULTS; y++)
        transform_four(values + y * SIDE, 1);
    int y0 = first + tile / columns * RESULTS, x0 = tile % columns * RESULTS;
    for (int y = 0; y < RESULTS && y0 + y < end; y++)
    {
        for (int x = 0; x < RESULTS && x0 + x < WIDTH(to); x++)
        {
            float result = values[y * SIDE + x];
            long sign = ((long)(y0 + y) * WIDTH(to) + x0 + x) * channels + channel;
            __global float* target = output + at(to, y0 + y, x0 + x) + channel;
#if defined(RELU)
            result += bias[channel];
            *target = positive_part(result);
            if (has_signs)
                signs[sign] = result > 0.0f;
#else
            *target = !has_signs || signs[sign] ? result : 0.0f;
#endif
        }
    }
}
