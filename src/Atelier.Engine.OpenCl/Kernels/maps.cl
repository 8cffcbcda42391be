// Work on feature maps. Dimension 1 of the work-items is the rows from "first" on; dimension 0 is the values of a row, or
// its pixels.

// output = (picture - mean) / deviation for the pixels of some rows, and the border beside them: zeros, or the nearest
// pixels.
__kernel void normalize_picture(
    __global const float* picture, __global float* output, int4 map, float4 mean, float4 deviation, int replicates,
    int first)
{
    int width = WIDTH(map), height = HEIGHT(map);
    int x = (int)get_global_id(0) - 1, y = (int)get_global_id(1) + first;
    if (x > width)
        return;
    int near_y = clamp(y, 0, height - 1), near_x = clamp(x, 0, width - 1);
    int is_inside = y == near_y && x == near_x;
    long pixel = (long)near_y * width + near_x, plane = (long)height * width;
    __global float* target = output + at(map, y, x);
    int is_set = is_inside || replicates;
    target[0] = is_set ? (picture[pixel] - mean.x) / deviation.x : 0.0f;
    target[1] = is_set ? (picture[plane + pixel] - mean.y) / deviation.y : 0.0f;
    target[2] = is_set ? (picture[2 * plane + pixel] - mean.z) / deviation.z : 0.0f;
}

// picture_gradient = gradient / deviation; the border goes to the pixels that it is a copy of.
__kernel void normalize_backward(
    __global const float* gradient, int4 map, float4 deviation, int replicates, __global float* picture_gradient,
    int first)
{
    int width = WIDTH(map), height = HEIGHT(map);
    int x = get_global_id(0), y = (int)get_global_id(1) + first;
    if (x >= width)
        return;
    int y0 = replicates && y == 0 ? -1 : y, y1 = replicates && y == height - 1 ? height : y;
    int x0 = replicates && x == 0 ? -1 : x, x1 = replicates && x == width - 1 ? width : x;
    float3 sum = (float3)(0.0f);
    for (int near_y = y0; near_y <= y1; near_y++)
    {
        for (int near_x = x0; near_x <= x1; near_x++)
            sum += vload3(0, gradient + at(map, near_y, near_x));
    }

    long pixel = (long)y * width + x, plane = (long)height * width;
    picture_gradient[pixel] = sum.x / deviation.x;
    picture_gradient[plane + pixel] = sum.y / deviation.y;
    picture_gradient[2 * plane + pixel] = sum.z / deviation.z;
}

// Sets the two columns of the border beside some rows to zero.
__kernel void clear_sides(__global float* values, int4 map, int first)
{
    int channels = CHANNELS(map), channel = get_global_id(0), y = (int)get_global_id(1) + first;
    if (channel >= 2 * channels)
        return;
    int x = channel < channels ? -1 : WIDTH(map);
    values[at(map, y, x) + channel % channels] = 0.0f;
}

// Fills the whole border with zeros, or with the opposite sides: one dimension, a work-item for each value.
__kernel void fill_border(__global float* values, int4 map, int wraps)
{
    int height = HEIGHT(map), width = WIDTH(map), channels = CHANNELS(map);
    int item = get_global_id(0), pixel = item / channels, channel = item % channels;
    int ends = 2 * (width + 2);
    if (pixel >= ends + 2 * height)
        return;
    int y = pixel >= ends ? (pixel - ends) / 2 : pixel < width + 2 ? -1 : height;
    int x = pixel < ends ? pixel % (width + 2) - 1 : (pixel - ends) % 2 == 0 ? -1 : width;
    values[at(map, y, x) + channel] =
        wraps ? values[at(map, (y + height) % height, (x + width) % width) + channel] : 0.0f;
}

// Copies one channel of some rows.
__kernel void read_channel(
    __global const float* values, int4 map, int channel, int first, __global float* target)
{
    int x = get_global_id(0), row = get_global_id(1);
    if (x < WIDTH(map))
        target[(long)row * WIDTH(map) + x] = values[at(map, first + row, x) + channel];
}

// The maximum of 2x2 values and its place, or their mean.
__kernel void pool(
    __global const float* input, int4 from, __global float* output, int4 to, __global uchar* places, int has_places,
    int is_mean, int first)
{
    int channels = CHANNELS(to), width = WIDTH(to);
    int item = get_global_id(0), x = item / channels, channel = item % channels, y = (int)get_global_id(1) + first;
    if (x >= width)
        return;
    long row = (long)(WIDTH(from) + 2) * channels;
    __global const float* window = input + at(from, 2 * y, 2 * x) + channel;
    float4 values = (float4)(window[0], window[channels], window[row], window[row + channels]);
    __global float* target = output + at(to, y, x) + channel;
    if (is_mean)
    {
        *target = 0.25f * ((values.x + values.y) + (values.z + values.w));
        return;
    }

    float largest = values.x;
    uchar place = 0;
    if (values.y > largest) { largest = values.y; place = 1; }
    if (values.z > largest) { largest = values.z; place = 2; }
    if (values.w > largest) { largest = values.w; place = 3; }
    *target = largest;
    if (has_places)
        places[((long)y * width + x) * channels + channel] = place;
}

// The gradient of a pool, through the ReLU of its input.
__kernel void pool_backward(
    __global const float* gradient, int4 from, __global const uchar* places, __global float* input_gradient, int4 to,
    __global const uchar* signs, int has_signs, int is_mean, int first)
{
    int channels = CHANNELS(to), width = WIDTH(to);
    int item = get_global_id(0), x = item / channels, channel = item % channels, y = (int)get_global_id(1) + first;
    if (x >= width)
        return;
    float value = 0.0f;
    if (y / 2 < HEIGHT(from) && x / 2 < WIDTH(from)
        && (!has_signs || signs[((long)y * width + x) * channels + channel]))
    {
        float share = is_mean ? 0.25f
            : places[((long)(y / 2) * WIDTH(from) + x / 2) * channels + channel] == 2 * (y % 2) + x % 2 ? 1.0f : 0.0f;
        value = share * gradient[at(from, y / 2, x / 2) + channel];
    }

    input_gradient[at(to, y, x) + channel] = value;
}

// gradient += scale * weight * (a - b), through the ReLU whose output is a.
__kernel void add_scaled_difference(
    __global const float* a, int4 map_a, __global const float* b, int4 map_b, float scale,
    __global float* gradient, int4 map, __global const float* weights, int has_weights, int first)
{
    int channels = CHANNELS(map), width = WIDTH(map);
    int item = get_global_id(0), x = item / channels, channel = item % channels, y = (int)get_global_id(1) + first;
    if (x >= width)
        return;
    float value = a[at(map_a, y, x) + channel];
    float difference = value - b[at(map_b, y, x) + channel];
    float factor = scale * weight_at(weights, has_weights, width, y, x);
    __global float* target = gradient + at(map, y, x) + channel;
    *target = value > 0.0f ? fma(factor, difference, *target) : 0.0f;
}

// For each position of a smaller map: the sum of weight * (feature + shift) over the positions of the larger map that
// it was paired with, in an array of rows, columns and channels.
__kernel void gather_pairs(
    __global const float* larger, int4 from, int4 smaller, float shift, __global const float* weights, int has_weights,
    __global float* target, int first)
{
    int channels = CHANNELS(from), width = WIDTH(smaller);
    int item = get_global_id(0), x = item / channels, channel = item % channels, y = (int)get_global_id(1) + first;
    if (x >= width)
        return;
    int height = HEIGHT(smaller);
    int y0 = (int)(((long)y * HEIGHT(from) + height - 1) / height);
    int y1 = (int)(((long)(y + 1) * HEIGHT(from) + height - 1) / height);
    int x0 = (int)(((long)x * WIDTH(from) + width - 1) / width);
    int x1 = (int)(((long)(x + 1) * WIDTH(from) + width - 1) / width);
    float2 sum = (float2)(0.0f);
    for (int large_y = y0; large_y < y1; large_y++)
    {
        for (int large_x = x0; large_x < x1; large_x++)
        {
            sum = add_product(
                sum, weight_at(weights, has_weights, WIDTH(from), large_y, large_x),
                larger[at(from, large_y, large_x) + channel] + shift);
        }
    }

    target[((long)(y - first) * width + x) * channels + channel] = sum.x + sum.y;
}
