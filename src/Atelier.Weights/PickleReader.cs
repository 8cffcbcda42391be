using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Atelier.Weights;

/// <summary>Builds the lists and dictionaries that a pickle describes. Nothing is executed: names in a pickle are
/// looked up in an allow-list (<see cref="PickleGlobals"/>), and everything else is skipped: of an object of any other
/// class, only the name of the class is kept (<see cref="PickleSkipped"/>).</summary>
/// <remarks>Supports the opcodes that programs write in protocols 2 to 5 (Python's pickletools lists them). Texts of
/// any length are left in the file until they are requested.</remarks>
internal sealed class PickleReader
{
    // Every step adds at most one small object; a state dict of a thousand tensors takes about 60,000 steps.
    private const int MaxSteps = 1_000_000;
    private const int MaxNameBytes = 1024;
    private const int MaxIntegerBytes = 16;

    private static readonly object Mark = new();

    private readonly ByteCursor _cursor;
    private readonly ByteSource _source;
    private readonly PickleGlobals _words;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];

    private PickleReader(ByteSource source, ByteCursor cursor, PickleGlobals words)
        => (_source, _cursor, _words) = (source, cursor, words);

    /// <summary>Reads one pickle and leaves the cursor after it.</summary>
    /// <exception cref="WeightFormatException">The pickle is damaged, or requires something that weights do not
    /// need.</exception>
    internal static object? Read(ByteSource source, ByteCursor cursor, PickleGlobals words)
    {
        PickleReader reader = new(source, cursor, words);
        for (int step = 0; step < MaxSteps; step++)
        {
            byte opcode = cursor.ReadByte();
            if (opcode == '.')
            {
                return reader.Pop();
            }

            reader.Do(opcode);
        }

        throw new WeightFormatException($"pickle: more than {MaxSteps} steps; a list of weights needs far fewer.");
    }

    private void Do(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: Expect(_cursor.ReadByte() is >= 2 and <= 5, "is of a protocol other than 2 to 5"); break;
            case 0x95: _cursor.ReadInt64(); break;
            case (byte)'(': Push(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'J': Push((long)_cursor.ReadInt32()); break;
            case (byte)'K': Push((long)_cursor.ReadByte()); break;
            case (byte)'M': Push((long)_cursor.ReadUInt16()); break;
            case 0x8A: PushInteger(_cursor.ReadByte()); break;
            case 0x8B: PushInteger(_cursor.ReadInt32()); break;
            case (byte)'G': Push(BitConverter.Int64BitsToDouble(BigEndian(_cursor.ReadInt64()))); break;
            case (byte)'U' or (byte)'C' or 0x8C: Push(Text(_cursor.ReadByte())); break;
            case (byte)'T' or (byte)'B' or (byte)'X': Push(Text(_cursor.ReadUInt32())); break;
            case 0x8D or 0x8E or 0x96: Push(Text(_cursor.ReadInt64())); break;
            default: Combine(opcode); break;
        }
    }

    /// <summary>Executes the opcodes that operate on the stack.</summary>
    private void Combine(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'}': Push(new PickleDictionary()); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case (byte)'2': Push(Top()); break;
            case 0x8F: Push(PickleSkipped.Set); break;
            case 0x90: Append(PopToMark()); break;
            case 0x91: PopToMark(); Push(PickleSkipped.Set); break;
            case (byte)'d': Fill(new PickleDictionary(), PopToMark()); break;
            case (byte)'l': Push(PopToMark().ToList()); break;
            case (byte)'t': Push(PopToMark()); break;
            case 0x85: Push(PopMany(1)); break;
            case 0x86: Push(PopMany(2)); break;
            case 0x87: Push(PopMany(3)); break;
            case (byte)'a': Append(PopMany(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            case (byte)'s': Fill(null, PopMany(2)); break;
            case (byte)'u': Fill(null, PopToMark()); break;
            case (byte)'q': _memo[_cursor.ReadByte()] = Top(); break;
            case (byte)'r': _memo[_cursor.ReadUInt32()] = Top(); break;
            case 0x94: _memo[(uint)_memo.Count] = Top(); break;
            case (byte)'h': Push(Remembered(_cursor.ReadByte())); break;
            case (byte)'j': Push(Remembered(_cursor.ReadUInt32())); break;
            case (byte)'c': Push(_words.Find($"{Line()}.{Line()}")); break;
            case 0x93: Push(FindNamed(PopMany(2))); break;
            case (byte)'R' or 0x81: Push(Call(PopMany(2))); break;
            case 0x92: Push(Call(PopMany(3)[..2])); break;
            case (byte)'o': Push(New(PopToMark())); break;
            case (byte)'b': SetState(Pop()); break;
            case (byte)'Q': Push(_words.Load(Pop())); break;
            default: Expect(false, $"byte {_cursor.Position - 1} (0x{opcode:x2}) is not needed for weights"); break;
        }
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new WeightFormatException($"pickle: {otherwise}.");
        }
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Top()
    {
        Expect(_stack.Count > 0 && _stack[^1] != Mark, "takes a value from an empty stack");
        return _stack[^1];
    }

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        object?[] values = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(Mark);
        Expect(mark >= 0, "takes a value from an empty stack");
        object?[] values = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private object? Remembered(uint place)
        => _memo.TryGetValue(place, out object? value)
            ? value
            : throw new WeightFormatException($"pickle: refers to a value ({place}) that was never stored.");

    private void Append(object?[] values)
    {
        switch (Top())
        {
            case List<object?> list:
                list.AddRange(values);
                break;
            case PickleSkipped:
                break;
            default:
                throw new WeightFormatException("pickle: appends to something that is not a list.");
        }
    }

    private void Fill(PickleDictionary? made, object?[] keysAndValues)
    {
        Expect(keysAndValues.Length % 2 == 0, "contains a key without a value");
        if (made is not null)
        {
            Push(made);
        }

        switch (Top())
        {
            case PickleDictionary dictionary:
                for (int i = 0; i < keysAndValues.Length; i += 2)
                    dictionary.Items.Add((keysAndValues[i], keysAndValues[i + 1]));
                break;
            case PickleSkipped:
                break;
            default:
                throw new WeightFormatException("pickle: sets an item of something that is not a dictionary.");
        }
    }

    private object FindNamed(object?[] moduleAndName)
    {
        if (moduleAndName is not [PickleText module, PickleText name])
        {
            throw new WeightFormatException("pickle: a name is not a string.");
        }

        Expect(module.Length + name.Length <= MaxNameBytes, "contains a name that is too long");
        return _words.Find($"{module.Value}.{name.Value}");
    }

    private static object? Call(object?[] functionAndArguments)
        => functionAndArguments switch
        {
            [PickleFunction function, object?[] arguments] => function(arguments),
            [PickleSkipped skipped, _] => skipped,
            _ => throw new WeightFormatException("pickle: calls something that is not a function."),
        };

    /// <summary>Creates an instance of an old-style class of Python 2.</summary>
    private static object? New(object?[] classAndArguments)
        => Call([classAndArguments.FirstOrDefault(), classAndArguments.Skip(1).ToArray()]);

    private void SetState(object? state)
    {
        switch (Top())
        {
            case IPickleState stateful:
                stateful.SetState(state);
                break;
            // A state dict carries the versions of its modules as an attribute.
            case PickleDictionary:
                break;
            default:
                throw new WeightFormatException("pickle: sets the state of an object that has none.");
        }
    }

    private void PushInteger(int bytes)
    {
        // The state of a generator of random numbers, for example.
        if (bytes is < 0 or > MaxIntegerBytes)
        {
            _cursor.Skip(bytes);
            Push(PickleSkipped.LongInteger);
            return;
        }

        BigInteger value = new(_cursor.Take(bytes));
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            Push((long)value);
        }
        else
        {
            Push(value);
        }
    }

    private PickleText Text(long length) => new(_source, _cursor.Skip(length), length);

    private string Line()
    {
        StringBuilder line = new();
        for (byte next = _cursor.ReadByte(); next != '\n'; next = _cursor.ReadByte())
        {
            line.Append((char)next);
            Expect(line.Length <= MaxNameBytes, "contains a name that is too long");
        }

        return line.ToString();
    }

    private static long BigEndian(long value) => BinaryPrimitives.ReverseEndianness(value);
}
