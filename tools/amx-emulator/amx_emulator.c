// Lets a Linux x64 machine without AMX units run Atelier's bf16 tile kernel: a library to be preloaded that carries out
// the tile instructions when the processor refuses them. For development and proof, not for speed. See README.md.
//
// When a tile instruction raises SIGILL, the handler carries out it and what follows, as long as it knows it: the few
// ordinary instructions of the kernel's loops too, or every tile instruction would cost a signal of its own.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <immintrin.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>

enum { TILES = 8, ROWS = 16, ROW_BYTES = 64, ARCH_REQ_XCOMP_PERM = 0x1023, XTILEDATA = 18, ZERO_FLAG = 0x40, RIP = 16 };

typedef struct {
    uint8_t rows[TILES];
    uint16_t row_bytes[TILES];
    _Alignas(64) uint8_t data[TILES][ROWS][ROW_BYTES];
} TileState;

static __thread TileState tiles;
static int (*real_sigaction)(int, const struct sigaction *, struct sigaction *);
static long (*real_syscall)(long, ...);
static struct sigaction application;
static volatile long carried_out;

// ---- addresses and registers ----------------------------------------------------------------------------------------

typedef struct {
    greg_t *g;
    const uint8_t *at;
    int reg, rm, base, index, scale, has_index;
    int64_t displacement;
} Operands;

static greg_t *reg64(greg_t *g, int number)
{
    static const int place[16] = {
        REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
        REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15 };
    return &g[place[number]];
}

// Reads ModRM, SIB and displacement. Returns whether the form is one of those known: a register, [base + index*scale +
// displacement], or [rip + displacement] of an instruction that ends there; not a missing base.
static int read_operands(Operands *o, int r, int x, int b)
{
    uint8_t modrm = *o->at++;
    int mod = modrm >> 6;
    o->reg = ((modrm >> 3) & 7) | (r << 3);
    o->rm = (modrm & 7) | (b << 3);
    o->base = -1;
    o->has_index = 0;
    o->displacement = 0;
    if (mod == 3)
        return 1;

    o->base = o->rm;
    if ((modrm & 7) == 4) {
        uint8_t sib = *o->at++;
        o->scale = sib >> 6;
        o->index = ((sib >> 3) & 7) | (x << 3);
        o->has_index = o->index != 4;
        o->base = (sib & 7) | (b << 3);
    }

    if (mod == 0 && (modrm & 7) == 5) {
        int32_t distance;
        memcpy(&distance, o->at, sizeof distance);
        o->at += sizeof distance;
        o->base = RIP;
        o->displacement = (int64_t)o->at + distance;
        return 1;
    }
    if (mod == 0 && (o->base & 7) == 5)
        return 0;
    if (mod == 1)
        o->displacement = (int8_t)*o->at++;
    if (mod == 2) {
        int32_t wide;
        memcpy(&wide, o->at, sizeof wide);
        o->displacement = wide;
        o->at += sizeof wide;
    }
    return 1;
}

// Of tile loads and stores the index is no part of the address but the step from row to row.
static uint8_t *address(const Operands *o, int with_index)
{
    int64_t a = (o->base == RIP ? 0 : *reg64(o->g, o->base)) + o->displacement;
    return (uint8_t *)(a + (with_index && o->has_index ? *reg64(o->g, o->index) << o->scale : 0));
}

// ---- tile instructions ----------------------------------------------------------------------------------------------

static void load_configuration(const uint8_t *from)
{
    memset(&tiles, 0, sizeof tiles);
    for (int t = 0; t < TILES && from[0] == 1; t++) {
        memcpy(&tiles.row_bytes[t], from + 16 + 2 * t, 2);
        tiles.rows[t] = from[48 + t];
        if (tiles.rows[t] > ROWS || tiles.row_bytes[t] > ROW_BYTES) {
            fprintf(stderr, "amx emulator: a tile of %d rows of %d bytes\n", tiles.rows[t], tiles.row_bytes[t]);
            abort();
        }
    }
}

static void load_or_store(const Operands *o, int stores)
{
    uint8_t *memory = address(o, 0);
    int64_t step = o->has_index ? *reg64(o->g, o->index) << o->scale : 0;
    int t = o->reg;
    if (!stores)
        memset(tiles.data[t], 0, sizeof tiles.data[t]);
    for (int row = 0; row < tiles.rows[t]; row++, memory += step) {
        if (stores)
            memcpy(memory, tiles.data[t][row], tiles.row_bytes[t]);
        else
            memcpy(tiles.data[t][row], memory, tiles.row_bytes[t]);
    }
}

// TDPBF16PS as the manual has it: the even and the odd products of a row are summed apart, each addition fused with its
// product, then added to each other and to the accumulator; subnormal numbers count as zero throughout.
__attribute__((target("avx512f,avx512bw")))
static void multiply(int to, int a, int b)
{
    unsigned mode = _mm_getcsr();
    _mm_setcsr(0x1F80 | 0x8040);
    const __m512i high = _mm512_set1_epi32((int)0xFFFF0000);
    int pairs = tiles.row_bytes[a] / 4;
    __mmask16 columns = (__mmask16)((1u << (tiles.row_bytes[to] / 4)) - 1);
    for (int row = 0; row < tiles.rows[to]; row++) {
        __m512 even = _mm512_setzero_ps(), odd = _mm512_setzero_ps();
        for (int k = 0; k < pairs; k++) {
            int32_t pair;
            memcpy(&pair, tiles.data[a][row] + 4 * k, sizeof pair);
            __m512i left = _mm512_set1_epi32(pair), right = _mm512_load_si512(tiles.data[b][k]);
            even = _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_slli_epi32(left, 16)),
                _mm512_castsi512_ps(_mm512_slli_epi32(right, 16)), even);
            odd = _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_and_si512(left, high)),
                _mm512_castsi512_ps(_mm512_and_si512(right, high)), odd);
        }
        float *sum = (float *)tiles.data[to][row];
        __m512 result = _mm512_add_ps(_mm512_load_ps(sum), _mm512_add_ps(even, odd));
        _mm512_mask_store_ps(sum, columns, result);
    }
    _mm_setcsr(mode);
}

static int tile_instruction(Operands *o)
{
    const uint8_t *p = o->at;
    if (p[0] != 0xC4 || (p[1] & 0x1F) != 2 || (p[2] & 0x84) != 0)
        return 0;

    int r = !(p[1] & 0x80), x = !(p[1] & 0x40), b = !(p[1] & 0x20);
    int third = (~p[2] >> 3) & 15, prefix = p[2] & 3, opcode = p[3];
    int is_register = p[4] >= 0xC0;
    o->at = p + 4;
    if (!read_operands(o, r, x, b) || o->reg >= TILES)
        return 0;

    if (opcode == 0x49 && prefix == 0 && is_register && p[4] == 0xC0)
        memset(&tiles, 0, sizeof tiles);
    else if (opcode == 0x49 && prefix == 0 && !is_register && o->reg == 0)
        load_configuration(address(o, 1));
    else if (opcode == 0x49 && prefix == 3 && is_register)
        memset(tiles.data[o->reg], 0, sizeof tiles.data[o->reg]);
    else if (opcode == 0x4B && !is_register && prefix != 0)
        load_or_store(o, prefix == 2);
    else if (opcode == 0x5C && prefix == 2 && is_register)
        multiply(o->reg, o->rm, third);
    else
        return 0;

    return 1;
}

// ---- the ordinary instructions of the kernel's loops ----------------------------------------------------------------

static int ordinary_instruction(Operands *o)
{
    const uint8_t *p = o->at;
    if (*p == 0x75) {
        o->at = p + 2 + (o->g[REG_EFL] & ZERO_FLAG ? 0 : (int8_t)p[1]);
        return 1;
    }
    if (p[0] == 0x0F && p[1] == 0x85) {
        int32_t distance;
        memcpy(&distance, p + 2, sizeof distance);
        o->at = p + 6 + (o->g[REG_EFL] & ZERO_FLAG ? 0 : distance);
        return 1;
    }
    if ((*p & 0xF0) != 0x40)
        return 0;

    int w = *p >> 3 & 1, opcode = p[1], extension = (p[2] >> 3) & 7, is_register = p[2] >= 0xC0;
    o->at = p + 2;
    if (!read_operands(o, *p >> 2 & 1, *p >> 1 & 1, *p & 1))
        return 0;

    greg_t *place = is_register ? reg64(o->g, o->rm) : (greg_t *)address(o, 1), *other = reg64(o->g, o->reg);
    greg_t result;
    if (opcode == 0xFF && extension == 1 && (w || is_register)) {
        result = *place = w ? *place - 1 : (greg_t)(uint32_t)(*place - 1);
        o->g[REG_EFL] = (o->g[REG_EFL] & ~ZERO_FLAG) | (result == 0 ? ZERO_FLAG : 0);
    } else if (opcode == 0x8B && w) {
        *other = *place;
    } else if (opcode == 0x89 && w) {
        *place = *other;
    } else if (opcode == 0x03 && w) {
        *other += *place;
    } else if (opcode == 0x01 && w) {
        *place += *other;
    } else if (opcode == 0x83 && extension == 0 && w) {
        *place += (int8_t)*o->at++;
    } else if (opcode == 0x81 && extension == 0 && w) {
        int32_t value;
        memcpy(&value, o->at, sizeof value);
        *place += value;
        o->at += sizeof value;
    } else if (opcode == 0xC1 && extension == 4 && w) {
        *place <<= *o->at++;
    } else if (opcode == 0x31 && !w && is_register && o->reg == o->rm) {
        *place = 0;
        o->g[REG_EFL] |= ZERO_FLAG;
    } else {
        return 0;
    }
    return 1;
}

static int mov_constant(Operands *o)
{
    const uint8_t *p = o->at;
    int extended = *p == 0x41;
    p += extended;
    if ((*p & 0xF8) != 0xB8)
        return 0;

    uint32_t value;
    memcpy(&value, p + 1, sizeof value);
    *reg64(o->g, (*p & 7) | (extended << 3)) = value;
    o->at = p + 5;
    return 1;
}

static void on_illegal_instruction(int signal, siginfo_t *info, void *context)
{
    Operands o = { .g = ((ucontext_t *)context)->uc_mcontext.gregs };
    const uint8_t *start = (const uint8_t *)o.g[REG_RIP];
    o.at = start;
    long count = 0;
    for (;;) {
        const uint8_t *before = o.at;
        if (tile_instruction(&o)) {
            count++;
            continue;
        }
        o.at = before;
        if (count > 0 && (mov_constant(&o) || (o.at = before, ordinary_instruction(&o))))
            continue;
        o.at = before;
        break;
    }

    __atomic_fetch_add(&carried_out, count, __ATOMIC_RELAXED);
    o.g[REG_RIP] = (greg_t)o.at;
    if (o.at != start)
        return;

    if (application.sa_flags & SA_SIGINFO && application.sa_sigaction) {
        application.sa_sigaction(signal, info, context);
        return;
    }
    fprintf(stderr, "amx emulator: unknown instruction");
    for (int i = 0; i < 10; i++)
        fprintf(stderr, " %02x", start[i]);
    fprintf(stderr, "\n");
    abort();
}

// ---- what stands between the process and the system -----------------------------------------------------------------

__attribute__((constructor)) static void start(void)
{
    real_sigaction = (int (*)(int, const struct sigaction *, struct sigaction *))dlsym(RTLD_NEXT, "sigaction");
    real_syscall = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    struct sigaction action = { .sa_sigaction = on_illegal_instruction, .sa_flags = SA_SIGINFO };
    sigemptyset(&action.sa_mask);
    real_sigaction(SIGILL, &action, NULL);
}

// So that whoever looks can see that it was at work.
__attribute__((destructor)) static void stop(void)
{
    if (getenv("AMX_EMULATOR_COUNT"))
        fprintf(stderr, "amx emulator: %ld tile instructions\n", carried_out);
}

// The runtime's own handler for SIGILL is kept for what is none of ours.
int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
    if (number != SIGILL)
        return real_sigaction(number, action, old);
    if (old)
        *old = application;
    if (action)
        application = *action;
    return 0;
}

long syscall(long number, ...)
{
    va_list list;
    va_start(list, number);
    long a[6];
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_arch_prctl && a[0] == ARCH_REQ_XCOMP_PERM && a[1] == XTILEDATA)
        return 0;
    return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
