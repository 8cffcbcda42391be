// Sums over many values: every work-group stores the sum of its share, and the host adds these few. The number of
// groups depends on the number of values alone, so the order of the additions does too.

// Adds the sums of the work-items of a group, whose number is GROUP, a power of two.
static inline void store_group(float2 sum, __local float2* sums, __global float2* target)
{
    int item = get_local_id(0);
    sums[item] = sum;
    for (int half_count = GROUP / 2; half_count > 0; half_count /= 2)
    {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (item < half_count)
            sums[item] = add_sum(sums[item], sums[item + half_count]);
    }

    if (item == 0)
        target[get_group_id(0)] = sums[0];
}

#define FOR_EACH(i, count) for (long i = get_global_id(0); i < (count); i += get_global_size(0))

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void dot_product(__global float2* target, long count, __global const float* x, __global const float* y)
{
    __local float2 sums[GROUP];
    float2 sum = (float2)(0.0f);
    FOR_EACH(i, count)
        sum = add_product(sum, x[i], y[i]);
    store_group(sum, sums, target);
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void total(__global float2* target, long count, __global const float* x)
{
    __local float2 sums[GROUP];
    float2 sum = (float2)(0.0f);
    FOR_EACH(i, count)
        sum = add(sum, x[i]);
    store_group(sum, sums, target);
}

// The sum of weight * (a - b)^2 over some rows of two maps.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void squared_distance(
    __global float2* target, long count, __global const float* a, int4 map_a, __global const float* b, int4 map_b,
    __global const float* weights, int has_weights, int first)
{
    __local float2 sums[GROUP];
    float2 sum = (float2)(0.0f);
    int channels = CHANNELS(map_a), width = WIDTH(map_a);
    FOR_EACH(i, count)
    {
        int channel = (int)(i % channels);
        long pixel = i / channels;
        int y = (int)(pixel / width) + first, x = (int)(pixel % width);
        float difference = a[at(map_a, y, x) + channel] - b[at(map_b, y, x) + channel];
        sum = add_product(sum, weight_at(weights, has_weights, width, y, x) * difference, difference);
    }

    store_group(sum, sums, target);
}

// The sum of weight * (x - aim)^2; adds scale * weight * (x - aim) to the gradient.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void weighted_distance(
    __global float2* target, long count, __global const float* x, __global const float* aim,
    __global const float* weights, float scale, __global float* gradient)
{
    __local float2 sums[GROUP];
    float2 sum = (float2)(0.0f);
    FOR_EACH(i, count)
    {
        float difference = x[i] - aim[i], weighted = weights[i] * difference;
        sum = add_product(sum, weighted, difference);
        gradient[i] = fma(scale, weighted, gradient[i]);
    }

    store_group(sum, sums, target);
}

// The total variation of a plane is a sum over windows of 2x2 pixels. A work-item adds up a window, and the gradient of
// the pixel of the same row and column, which is in four windows at most.
static inline long place(int height, int width, int wraps, int y, int x)
{
    return wraps
        ? (long)((y + height) % height) * width + (x + width) % width
        : (long)clamp(y, 0, height - 1) * width + clamp(x, 0, width - 1);
}

// weight * (a - b)^2, and its derivative with respect to one pixel.
static inline float pair(__global const float* plane, long a, long b, float weight, long pixel, float* slope)
{
    float difference = plane[a] - plane[b];
    *slope += 2.0f * weight * difference * (float)((a == pixel) - (b == pixel));
    return weight * difference * difference;
}

// side and diagonal: weights of the differences.
static inline float nine_point_window(
    __global const float* plane, int height, int width, int wraps, int y, int x, float side, float diagonal, long pixel,
    float* slope)
{
    long corner = place(height, width, wraps, y, x), left = place(height, width, wraps, y, x - 1);
    long above = place(height, width, wraps, y - 1, x), across = place(height, width, wraps, y - 1, x - 1);
    return pair(plane, left, corner, side, pixel, slope) + pair(plane, above, corner, side, pixel, slope)
        + pair(plane, across, corner, diagonal, pixel, slope) + pair(plane, left, above, diagonal, pixel, slope);
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void nine_point_variation(
    __global float2* target, long count, __global const float* picture, int height, int width, int wraps, float side,
    float diagonal, float scale, __global float* gradient)
{
    __local float2 sums[GROUP];
    float2 sum = (float2)(0.0f);
    int more = wraps ? 0 : 1;
    long windows = (long)(height + more) * (width + more), area = (long)height * width;
    FOR_EACH(i, count)
    {
        long window = i % windows;
        __global const float* plane = picture + i / windows * area;
        int y = (int)(window / (width + more)), x = (int)(window % (width + more));
        float unused = 0.0f;
        sum = add(sum, nine_point_window(plane, height, width, wraps, y, x, side, diagonal, -1, &unused));
        if (y >= height || x >= width)
            continue;
        long pixel = (long)y * width + x;
        float slope = 0.0f;
        for (int dy = 0; dy < 2; dy++)
        {
            for (int dx = 0; dx < 2; dx++)
            {
                // With wrapping, the next window of the last row or column is the first.
                int next_y = wraps ? (y + dy) % height : y + dy, next_x = wraps ? (x + dx) % width : x + dx;
                int is_again = (dy == 1 && next_y == y) || (dx == 1 && next_x == x);
                if (!is_again)
                    nine_point_window(plane, height, width, wraps, next_y, next_x, side, diagonal, pixel, &slope);
            }
        }

        __global float* place_of_gradient = gradient + i / windows * area + pixel;
        *place_of_gradient = fma(scale, slope, *place_of_gradient);
    }

    store_group(sum, sums, target);
}

// The sum of squared differences to the right and lower neighbors that exist.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void squared_variation(
    __global float2* target, long count, __global const float* picture, int height, int width, int wraps, float scale,
    __global float* gradient)
{
    __local float2 sums[GROUP];
    float2 sum = (float2)(0.0f);
    long area = (long)height * width;
    FOR_EACH(i, count)
    {
        long pixel = i % area;
        __global const float* plane = picture + i / area * area;
        int y = (int)(pixel / width), x = (int)(pixel % width);
        float value = plane[pixel];
        float right = plane[place(height, width, wraps, y, x + 1)] - value;
        float below = plane[place(height, width, wraps, y + 1, x)] - value;
        float left = value - plane[place(height, width, wraps, y, x - 1)];
        float above = value - plane[place(height, width, wraps, y - 1, x)];
        sum = add_product(add_product(sum, right, right), below, below);
        gradient[i] = fma(2.0f * scale, (left - right) + (above - below), gradient[i]);
    }

    store_group(sum, sums, target);
}

// (dx^2 + dy^2)^1.25 at the pixels that have a right and a lower neighbor. Returns dx, dy, and the derivative's factor
// 2.5 * (dx^2 + dy^2)^0.25 of both; zeros where there is nothing.
static inline float4 power_at(__global const float* plane, int height, int width, int wraps, int y, int x)
{
    if (!wraps && (y < 0 || x < 0 || y >= height - 1 || x >= width - 1))
        return (float4)(0.0f);
    float value = plane[place(height, width, wraps, y, x)];
    float dx = plane[place(height, width, wraps, y, x + 1)] - value;
    float dy = plane[place(height, width, wraps, y + 1, x)] - value;
    float square = fma(dx, dx, dy * dy), root = sqrt(sqrt(square));
    return (float4)(dx, dy, 2.5f * root, square * root);
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void power_variation(
    __global float2* target, long count, __global const float* picture, int height, int width, int wraps, float scale,
    __global float* gradient)
{
    __local float2 sums[GROUP];
    float2 sum = (float2)(0.0f);
    long area = (long)height * width;
    FOR_EACH(i, count)
    {
        long pixel = i % area;
        __global const float* plane = picture + i / area * area;
        int y = (int)(pixel / width), x = (int)(pixel % width);
        float4 own = power_at(plane, height, width, wraps, y, x);
        float4 left = power_at(plane, height, width, wraps, y, x - 1);
        float4 above = power_at(plane, height, width, wraps, y - 1, x);
        sum = add(sum, own.w);
        float slope = left.z * left.x + above.z * above.y - own.z * (own.x + own.y);
        gradient[i] = fma(scale, slope, gradient[i]);
    }

    store_group(sum, sums, target);
}
