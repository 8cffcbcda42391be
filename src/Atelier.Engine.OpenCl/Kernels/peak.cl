// What a device can do at most, for benchmarks.

// 16 independent chains of multiply-adds in each work-item: 2 * 16 * repetitions operations.
__kernel void multiply_adds(__global float* target, int repetitions)
{
    float factor = 0.999f + get_global_id(0) * 1e-9f, chains[16];
    for (int i = 0; i < 16; i++)
        chains[i] = factor + i;
    for (int repetition = 0; repetition < repetitions; repetition++)
    {
        for (int i = 0; i < 16; i++)
            chains[i] = fma(chains[i], factor, 1e-3f);
    }

    float sum = 0.0f;
    for (int i = 0; i < 16; i++)
        sum += chains[i];
    target[get_global_id(0)] = sum;
}

// Reads and writes four bytes in each work-item.
__kernel void copy_values(__global const float* source, __global float* target)
{
    target[get_global_id(0)] = source[get_global_id(0)];
}
