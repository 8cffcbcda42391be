// Nearest neighbors by direction. The direction of a feature vector f is (f - mean) / sqrt(|f - mean|^2 + EPSILON^2). A
// work-group of LANES items, a power of two, works on one position.

// The sum of the values of all items of a group.
static inline float sum_of_group(float value, __local float* values)
{
    int item = get_local_id(0);
    barrier(CLK_LOCAL_MEM_FENCE);
    values[item] = value;
    for (int half_count = LANES / 2; half_count > 0; half_count /= 2)
    {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (item < half_count)
            values[item] += values[item + half_count];
    }

    barrier(CLK_LOCAL_MEM_FENCE);
    return values[0];
}

// What f - mean is divided by.
static inline float length_at(
    __global const float* f, __global const float* mean, int channels, __local float* values)
{
    float sum = 0.0f;
    for (int c = get_local_id(0); c < channels; c += LANES)
    {
        float centered = f[c] - mean[c];
        sum = fma(centered, centered, sum);
    }

    return sqrt(sum_of_group(sum, values) + EPSILON * EPSILON);
}

// The directions of some rows, mixed with those of a guide, as rows of an array.
__kernel __attribute__((reqd_work_group_size(LANES, 1, 1)))
void directions(
    __global const float* features, int4 map, __global const float* mean, __global const float* guide, int4 guide_map,
    __global const float* guide_mean, int has_guide, float share, __global const float* weights, int has_weights,
    int first, __global float* target)
{
    __local float values[LANES];
    int channels = CHANNELS(map), width = WIDTH(map), position = get_group_id(0);
    int y = position / width + first, x = position % width;
    __global const float* own = features + at(map, y, x);
    float scale = 1.0f / length_at(own, mean, channels, values), guide_scale = 0.0f;
    __global const float* other = own;
    if (has_guide)
    {
        float part = fmin(1.0f, share * weight_at(weights, has_weights, width, y, x));
        other = guide + at(guide_map, y, x);
        guide_scale = part / length_at(other, guide_mean, channels, values);
        scale *= 1.0f - part;
    }

    for (int c = get_local_id(0); c < channels; c += LANES)
    {
        float value = scale * (own[c] - mean[c]);
        if (has_guide)
            value = fma(guide_scale, other[c] - guide_mean[c], value);
        target[(long)position * channels + c] = value;
    }
}

// weight * (1 - neighbor . direction) for each position of some rows.
__kernel __attribute__((reqd_work_group_size(LANES, 1, 1)))
void distances(
    __global const float* features, int4 map, __global const float* mean, __global const float* bank,
    __global const int* neighbors, __global const float* weights, int has_weights, int first, __global float* target)
{
    __local float values[LANES];
    int channels = CHANNELS(map), width = WIDTH(map), position = get_group_id(0);
    int y = position / width + first, x = position % width;
    __global const float* own = features + at(map, y, x);
    __global const float* neighbor = bank + (long)neighbors[(long)y * width + x] * channels;
    float length = length_at(own, mean, channels, values), sum = 0.0f;
    for (int c = get_local_id(0); c < channels; c += LANES)
        sum = fma(neighbor[c], own[c] - mean[c], sum);
    sum = sum_of_group(sum, values);
    if (get_local_id(0) == 0)
        target[position] = weight_at(weights, has_weights, width, y, x) * (1.0f - sum / length);
}

// gradient += scale * weight * ((neighbor . direction) * direction - neighbor) / length, through the ReLU.
__kernel __attribute__((reqd_work_group_size(LANES, 1, 1)))
void add_gradient(
    __global const float* features, int4 map, __global const float* mean, __global const float* bank,
    __global const int* neighbors, float scale, __global const float* weights, int has_weights, int first,
    __global float* gradient, int4 gradient_map)
{
    __local float values[LANES];
    int channels = CHANNELS(map), width = WIDTH(map), position = get_group_id(0);
    int y = position / width + first, x = position % width;
    __global const float* own = features + at(map, y, x);
    __global const float* neighbor = bank + (long)neighbors[(long)y * width + x] * channels;
    __global float* target = gradient + at(gradient_map, y, x);
    float length = length_at(own, mean, channels, values), sum = 0.0f;
    for (int c = get_local_id(0); c < channels; c += LANES)
        sum = fma(neighbor[c], own[c] - mean[c], sum);
    float product = sum_of_group(sum, values) / length;
    float factor = scale * weight_at(weights, has_weights, width, y, x) / length;
    for (int c = get_local_id(0); c < channels; c += LANES)
    {
        float slope = product * ((own[c] - mean[c]) / length) - neighbor[c];
        target[c] = own[c] > 0.0f ? fma(factor, slope, target[c]) : 0.0f;
    }
}
