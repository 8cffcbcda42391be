namespace Atelier.Engine.Cpu.Amx;

/// <summary>The machine code of <see cref="TileProduct"/>, because C# has no intrinsics for tiles: a function with the
/// System V calling convention that takes the address of the product in rdi.</summary>
/// <remarks>The sums of a block stay in tiles 0 to 3, two of pixels by two of outputs. Each step loads two tiles of
/// features (4, 5) and two of weights (6, 7) and multiplies all pairs. Source: Intel's Software Developer's Manual,
/// volume 1, chapter 18, and volume 2 for the encodings.</remarks>
internal static class TileKernel
{
    private const int ConfigurationAt = 256;
    private const int Tiles = 8, RowsOfTile = 16, BytesOfRow = 64;

    private static ReadOnlySpan<byte> Instructions =>
    [
        0xC4, 0xE2, 0x78, 0x49, 0x05, 0xF7, 0x00, 0x00, 0x00,        // ldtilecfg [rip+247]   the configuration
        0xB8, 0x40, 0x00, 0x00, 0x00,                                // mov eax, 64           bytes of a tile's row
        0x48, 0x8B, 0x4F, 0x10,                                      // mov rcx, [rdi+16]     Results
        0x4C, 0x8B, 0x4F, 0x20,                                      // mov r9, [rdi+32]      PixelBytes
                                                                     // block:
        0x48, 0x8B, 0x57, 0x18,                                      // mov rdx, [rdi+24]     Start,
        0x45, 0x31, 0xD2,                                            // xor r10d, r10d        the same for every row
        0xC4, 0xA2, 0x7B, 0x4B, 0x04, 0x12,                          // tileloadd tmm0, [rdx+r10]
        0xC4, 0xA2, 0x7B, 0x4B, 0x4C, 0x12, 0x40,                    // tileloadd tmm1, [rdx+r10+64]
        0xC4, 0xA2, 0x7B, 0x4B, 0x14, 0x12,                          // tileloadd tmm2, [rdx+r10]
        0xC4, 0xA2, 0x7B, 0x4B, 0x5C, 0x12, 0x40,                    // tileloadd tmm3, [rdx+r10+64]
        0x48, 0x8B, 0x37,                                            // mov rsi, [rdi]        Runs
        0x4C, 0x8B, 0x47, 0x08,                                      // mov r8, [rdi+8]       Panel
        0x41, 0xBB, 0x03, 0x00, 0x00, 0x00,                          // mov r11d, 3
                                                                     // tap row:
        0x4C, 0x8B, 0x57, 0x30,                                      // mov r10, [rdi+48]     Steps
        0x4C, 0x89, 0xCA,                                            // mov rdx, r9
        0x48, 0xC1, 0xE2, 0x04,                                      // shl rdx, 4
        0x48, 0x01, 0xF2,                                            // add rdx, rsi          the next sixteen pixels
                                                                     // step:
        0xC4, 0xA2, 0x7B, 0x4B, 0x24, 0x0E,                          // tileloadd tmm4, [rsi+r9]
        0xC4, 0xC2, 0x7B, 0x4B, 0x34, 0x00,                          // tileloadd tmm6, [r8+rax]
        0xC4, 0xE2, 0x4A, 0x5C, 0xC4,                                // tdpbf16ps tmm0, tmm4, tmm6
        0xC4, 0xC2, 0x7B, 0x4B, 0xBC, 0x00, 0x00, 0x04, 0x00, 0x00,  // tileloadd tmm7, [r8+rax+1024]
        0xC4, 0xE2, 0x42, 0x5C, 0xCC,                                // tdpbf16ps tmm1, tmm4, tmm7
        0xC4, 0xA2, 0x7B, 0x4B, 0x2C, 0x0A,                          // tileloadd tmm5, [rdx+r9]
        0xC4, 0xE2, 0x4A, 0x5C, 0xD5,                                // tdpbf16ps tmm2, tmm5, tmm6
        0xC4, 0xE2, 0x42, 0x5C, 0xDD,                                // tdpbf16ps tmm3, tmm5, tmm7
        0x48, 0x83, 0xC6, 0x40,                                      // add rsi, 64
        0x48, 0x83, 0xC2, 0x40,                                      // add rdx, 64
        0x49, 0x81, 0xC0, 0x00, 0x08, 0x00, 0x00,                    // add r8, 2048
        0x49, 0xFF, 0xCA,                                            // dec r10
        0x75, 0xBC,                                                  // jnz step
        0x48, 0x03, 0x77, 0x28,                                      // add rsi, [rdi+40]     TapRowSkip
        0x41, 0xFF, 0xCB,                                            // dec r11d
        0x75, 0xA5,                                                  // jnz tap row
        0xC4, 0xE2, 0x7A, 0x4B, 0x04, 0x41,                          // tilestored [rcx+2*rax], tmm0
        0xC4, 0xE2, 0x7A, 0x4B, 0x4C, 0x41, 0x40,                    // tilestored [rcx+2*rax+64], tmm1
        0xC4, 0xE2, 0x7A, 0x4B, 0x94, 0x41, 0x00, 0x08, 0x00, 0x00,  // tilestored [rcx+2*rax+2048], tmm2
        0xC4, 0xE2, 0x7A, 0x4B, 0x9C, 0x41, 0x40, 0x08, 0x00, 0x00,  // tilestored [rcx+2*rax+2112], tmm3
        0x48, 0x81, 0xC1, 0x00, 0x10, 0x00, 0x00,                    // add rcx, 4096
        0x4D, 0x89, 0xCA,                                            // mov r10, r9
        0x49, 0xC1, 0xE2, 0x05,                                      // shl r10, 5
        0x4C, 0x01, 0x17,                                            // add [rdi], r10        Runs of the next block
        0x48, 0xFF, 0x4F, 0x38,                                      // dec qword [rdi+56]    Blocks
        0x0F, 0x85, 0x3B, 0xFF, 0xFF, 0xFF,                          // jnz block
        0xC4, 0xE2, 0x78, 0x49, 0xC0,                                // tilerelease
        0xC3,                                                        // ret
    ];

    /// <summary>The function, followed by the configuration of the tiles.</summary>
    internal static byte[] Image()
    {
        byte[] image = new byte[ConfigurationAt + BytesOfRow];
        Instructions.CopyTo(image);
        Span<byte> configuration = image.AsSpan(ConfigurationAt);
        const int Palette = 1, BytesAt = 16, RowsAt = 48;
        configuration[0] = Palette;
        for (int tile = 0; tile < Tiles; tile++)
        {
            configuration[BytesAt + (2 * tile)] = BytesOfRow;
            configuration[RowsAt + tile] = RowsOfTile;
        }

        return image;
    }
}
