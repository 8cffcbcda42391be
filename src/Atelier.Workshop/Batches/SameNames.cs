using System.Globalization;

namespace Atelier.Workshop.Batches;

/// <summary>Tells names that a file system may regard as the same: some ignore case, and some the Unicode form, in
/// which é is one character, or an e and an accent.</summary>
/// <remarks>Programs without ICU have no tables of which letters are the same, so a letter with an accent counts as the
/// same as any letter beyond ASCII that is one character. This may only make a name longer than needed.</remarks>
internal static class SameNames
{
    // The vowels and final consonants of a Hangul syllable follow its first consonant as an accent follows its letter.
    private const char FirstJamo = '\u1160', LastJamo = '\u11FF';

    /// <summary>Whether two names may be the same.</summary>
    internal static bool MayBeSame(string a, string b)
    {
        (string first, string second) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        int i = 0, j = 0;
        while (i < first.Length && j < second.Length)
        {
            ReadOnlySpan<char> one = LetterAt(first, i), other = LetterAt(second, j);
            bool isOtherForm = one.Length > 1 != other.Length > 1
                && !char.IsAscii((one.Length > 1 ? other : one)[0]);
            if (!isOtherForm && !one.SequenceEqual(other)) return false;
            i += one.Length;
            j += other.Length;
        }

        return i == first.Length && j == second.Length;
    }

    /// <summary>Returns a character with what is combined with it.</summary>
    private static ReadOnlySpan<char> LetterAt(string name, int start)
    {
        int end = start + 1;
        while (end < name.Length && (name[end] is >= FirstJamo and <= LastJamo
            || char.GetUnicodeCategory(name[end]) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark)) end++;
        return name.AsSpan(start, end - start);
    }
}
