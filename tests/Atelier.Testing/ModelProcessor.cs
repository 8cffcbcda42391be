using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Atelier.Engine.Cpu.Amx;

namespace Atelier.Testing;

/// <summary>Reads the kernel's machine code and does what it says, with plain loops for the tiles: a model of the few
/// instructions in it, on registers and tiles of its own and the process's memory.</summary>
internal sealed unsafe class ModelProcessor
{
    private const int Rdi = 7, Tiles = 8, Rows = 16, BytesOfRow = 64;

    private static readonly byte[] Code = TileKernel.Image();

    private readonly long[] _registers = new long[16];
    private readonly byte[][] _tiles = new byte[Tiles][];
    private int _at;
    private bool _zero;
    private bool _configured;

    private ModelProcessor() { }

    /// <summary>The kernel as a function that this model carries out.</summary>
    internal static AmxUnits Units => AmxUnits.Create(&Multiply);

    [UnmanagedCallersOnly]
    private static void Multiply(TileProduct* product) => new ModelProcessor().Run(product);

    private void Run(TileProduct* product)
    {
        _registers[Rdi] = (long)product;
        while (Step()) { }
        Assert.False(_configured, "The tiles were not released.");
    }

    /// <summary>Does one instruction. Returns false at the end.</summary>
    private bool Step()
    {
        byte first = Code[_at];
        switch (first)
        {
            case 0xC3: return false;
            case 0xC4: TileInstruction(); break;
            case 0x75: Jump(_at + 2, (sbyte)Code[_at + 1]); break;
            case 0x0F when Code[_at + 1] == 0x85: Jump(_at + 6, Wide(_at + 2)); break;
            case 0xB8: Load32(0, _at + 1); break;
            case 0x41 when Code[_at + 1] == 0xBB: Load32(11, _at + 2); break;
            default: Ordinary(); break;
        }

        return true;
    }

    private static int Wide(int at) => BinaryPrimitives.ReadInt32LittleEndian(Code.AsSpan(at));

    private void Jump(int next, int distance) => _at = _zero ? next : next + distance;

    private void Load32(int register, int at)
    {
        _registers[register] = Wide(at);
        _at = at + 4;
    }

    private void Ordinary()
    {
        int rex = Code[_at], opcode = Code[_at + 1];
        Assert.Equal(0x40, rex & 0xF0);
        bool isWide = (rex & 8) != 0;
        Place place = ReadPlace(_at + 2, (rex & 4) << 1, (rex & 2) << 2, (rex & 1) << 3);
        long operand = place.IsRegister ? _registers[place.Rm] : *(long*)(place.Address + place.Step);
        long result = (opcode, place.Reg & 7, isWide) switch
        {
            (0x8B, _, true) => operand,
            (0x89, _, true) => _registers[place.Reg],
            (0x03 or 0x01, _, true) => operand + _registers[place.Reg],
            (0x83, 0, true) => operand + (sbyte)Code[_at++],
            (0x81, 0, true) => operand + Wide((_at += 4) - 4),
            (0xC1, 4, true) => operand << Code[_at++],
            (0xFF, 1, _) => operand - 1,
            (0x31, _, false) when place.Reg == place.Rm => 0,
            _ => throw new InvalidOperationException($"Opcode {opcode:X2} is unknown."),
        };
        _zero = result == 0;
        if (opcode is 0x8B or 0x03)
        {
            _registers[place.Reg] = result;
        }
        else if (place.IsRegister)
        {
            _registers[place.Rm] = result;
        }
        else
        {
            *(long*)place.Address = result;
        }
    }

    private void TileInstruction()
    {
        int second = ~Code[_at + 1], third = Code[_at + 2], opcode = Code[_at + 3], prefix = third & 3;
        Assert.Equal(2, Code[_at + 1] & 0x1F);
        Assert.Equal(0, third & 0x84);
        Place place = ReadPlace(_at + 4, (second & 0x80) >> 4, (second & 0x40) >> 3, (second & 0x20) >> 2);
        switch (opcode, prefix)
        {
            case (0x49, 0) when place.IsRegister: _configured = false; break;
            case (0x49, 0): Configure(place.Address); break;
            case (0x4B, 3): Transfer(place, (memory, row) => memory.CopyTo(row)); break;
            case (0x4B, 2): Transfer(place, (memory, row) => row.CopyTo(memory)); break;
            case (0x5C, 2): MultiplyTiles(place.Reg, place.Rm, (~third >> 3) & 15); break;
            default: throw new InvalidOperationException($"Tile opcode {opcode:X2} {prefix} is unknown.");
        }
    }

    private void Configure(nint address)
    {
        ReadOnlySpan<byte> bytes = new((void*)address, 64);
        Assert.Equal(1, bytes[0]);
        for (int tile = 0; tile < Tiles; tile++)
        {
            Assert.Equal(BytesOfRow, BinaryPrimitives.ReadUInt16LittleEndian(bytes[(16 + (2 * tile))..]));
            Assert.Equal(Rows, bytes[48 + tile]);
            _tiles[tile] = new byte[Rows * BytesOfRow];
        }

        _configured = true;
    }

    private delegate void RowTransfer(Span<byte> memory, Span<byte> row);

    private void Transfer(Place place, RowTransfer transfer)
    {
        Assert.True(_configured);
        for (int row = 0; row < Rows; row++)
        {
            Span<byte> memory = new((void*)(place.Address + (row * place.Step)), BytesOfRow);
            transfer(memory, _tiles[place.Reg].AsSpan(row * BytesOfRow, BytesOfRow));
        }
    }

    // Even and odd products are summed apart, as the manual has it.
    private void MultiplyTiles(int to, int left, int right)
    {
        Assert.True(_configured);
        Span<float> sums = MemoryMarshal.Cast<byte, float>(_tiles[to].AsSpan());
        ReadOnlySpan<ushort> a = MemoryMarshal.Cast<byte, ushort>(_tiles[left]);
        ReadOnlySpan<ushort> b = MemoryMarshal.Cast<byte, ushort>(_tiles[right]);
        for (int i = 0; i < sums.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, 16);
            float even = 0, odd = 0;
            for (int pair = 0; pair < 16; pair++)
            {
                int x = (row * 32) + (2 * pair), y = (pair * 32) + (2 * column);
                even += BFloat16.Widen(a[x]) * BFloat16.Widen(b[y]);
                odd += BFloat16.Widen(a[x + 1]) * BFloat16.Widen(b[y + 1]);
            }

            sums[i] += even + odd;
        }
    }

    /// <summary>Reads ModRM, SIB and displacement, and moves on behind them.</summary>
    private Place ReadPlace(int at, int r, int x, int b)
    {
        int modrm = Code[at++], mod = modrm >> 6, reg = ((modrm >> 3) & 7) | r, rm = (modrm & 7) | b;
        if (mod == 3)
        {
            _at = at;
            return new Place(reg, rm, IsRegister: true, 0, 0);
        }

        if (mod == 0 && (modrm & 7) == 5)
        {
            _at = at + 4;
            fixed (byte* code = Code)
                return new Place(reg, rm, IsRegister: false, (nint)code + _at + Wide(at), 0);
        }

        long step = 0;
        if ((modrm & 7) == 4)
        {
            int sib = Code[at++];
            rm = (sib & 7) | b;
            step = _registers[((sib >> 3) & 7) | x] << (sib >> 6);
        }

        int bytes = mod == 0 ? 0 : mod == 1 ? 1 : 4;
        int displacement = mod == 0 ? 0 : mod == 1 ? (sbyte)Code[at] : Wide(at);
        _at = at + bytes;
        return new Place(reg, rm, IsRegister: false, (nint)(_registers[rm] + displacement), step);
    }

    /// <summary>Operands: a register, and another one or a place in memory. The index is no part of a tile's address
    /// but the step from row to row.</summary>
    private readonly record struct Place(int Reg, int Rm, bool IsRegister, nint Address, long Step);
}
