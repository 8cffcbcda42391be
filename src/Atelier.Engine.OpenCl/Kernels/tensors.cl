// Work on rows of values, a work-item for each, and on the planes of pictures.

__kernel void add_scaled(__global const float* x, float scale, __global float* y, int count)
{
    int i = get_global_id(0);
    if (i < count)
        y[i] = fma(scale, x[i], y[i]);
}

__kernel void multiply(__global const float* x, __global float* y, int count)
{
    int i = get_global_id(0);
    if (i < count)
        y[i] *= x[i];
}

__kernel void copy_scaled(__global const float* source, float scale, __global float* target, int count)
{
    int i = get_global_id(0);
    if (i < count)
        target[i] = scale * source[i];
}

__kernel void move(
    __global const float* source, __global const float* direction, float scale, float min_value, float max_value,
    __global float* target, int count)
{
    int i = get_global_id(0);
    if (i < count)
        target[i] = clamped(fma(scale, direction[i], source[i]), min_value, max_value);
}

__kernel void drop_outward(
    __global const float* x, float min_value, float max_value, __global float* values, int count)
{
    int i = get_global_id(0);
    if (i < count && ((x[i] <= min_value && values[i] < 0.0f) || (x[i] >= max_value && values[i] > 0.0f)))
        values[i] = 0.0f;
}

// One step of Adam. rates: step size, 1 - beta1, 1 - beta2, 1 - decay; bounds: square correction, epsilon, min, max.
__kernel void adam(
    __global const float* gradient, __global float* mean, __global float* square, __global float* x,
    __global float* average, float4 rates, float4 bounds, int count)
{
    int i = get_global_id(0);
    if (i >= count)
        return;
    float slope = gradient[i];
    float first = fma(rates.y, slope - mean[i], mean[i]);
    float second = fma(rates.z, slope * slope - square[i], square[i]);
    float moved = x[i] - rates.x * first / (sqrt(second * bounds.x) + bounds.y);
    moved = clamped(moved, bounds.z, bounds.w);
    mean[i] = first;
    square[i] = second;
    x[i] = moved;
    average[i] = fma(rates.w, moved - average[i], average[i]);
}

// target = keep * target + matrix * source for the three values of each pixel; a row of the matrix in each float4.
__kernel void mix_planes(
    __global const float* source, float4 red, float4 green, float4 blue, float keep, __global float* target, int area)
{
    int i = get_global_id(0);
    if (i >= area)
        return;
    float r = source[i], g = source[area + i], b = source[2 * area + i];
    float4 rows[3] = { red, green, blue };
    for (int plane = 0; plane < 3; plane++)
    {
        long place = (long)plane * area + i;
        float old = keep == 0.0f ? 0.0f : keep * target[place];
        target[place] = fma(rows[plane].x, r, fma(rows[plane].y, g, fma(rows[plane].z, b, old)));
    }
}
