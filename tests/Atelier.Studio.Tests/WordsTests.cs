using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using Atelier.Studio.Texts;

namespace Atelier.Studio.Tests;

public sealed class WordsTests
{
    [Fact]
    public void EveryWord_HasItsText_AndEveryTextItsWord()
    {
        ResourceManager resources = new(typeof(Words).FullName!, typeof(Words).Assembly);
        IEnumerable<string> texts = resources.GetResourceSet(CultureInfo.InvariantCulture, true, true)!
            .Cast<DictionaryEntry>().Select(entry => (string)entry.Key);
        PropertyInfo[] words =
            typeof(Words).GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static);

        Assert.Equal(texts.Order(), words.Select(word => word.Name).Order());
        Assert.All(words, word => Assert.NotEmpty((string)word.GetValue(null)!));
    }
}
