using System.Reflection;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.House;

/// <summary>The public API as a text that is reviewed with each change of it.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheLibrary_IsTheReviewedText()
    {
        string path = Repository.PathOf("docs", "api.txt");
        IEnumerable<string> described = typeof(Stylizer).Assembly.GetExportedTypes().SelectMany(Describe);
        string actual = string.Join('\n', described.Order(StringComparer.Ordinal)) + "\n";
        string reviewed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual != reviewed)
        {
            string proposal = Path.Combine(AppContext.BaseDirectory, "api.txt");
            File.WriteAllText(proposal, actual);
            Assert.Fail($"The public API has changed. If that is meant, copy {proposal} over {path}.");
        }
    }

    private static IEnumerable<string> Describe(Type type)
    {
        string name = NameOf(type);
        string kind = type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class";
        yield return $"{kind} {name}";
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            string? text = member switch
            {
                MethodInfo { IsSpecialName: false } method when IsVisible(method) && !IsGenerated(method) =>
                    $"{method.Name}({Parameters(method)}) : {NameOf(method.ReturnType)}",
                ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
                PropertyInfo property when property.GetMethod is MethodInfo getter && IsVisible(getter)
                    && property.Name != "EqualityContract" =>
                    $"{property.Name} : {NameOf(property.PropertyType)}" +
                        (property.SetMethod?.IsPublic == true ? " { get; set; }" : ""),
                FieldInfo field when field.IsPublic && !field.IsSpecialName =>
                    $"{field.Name} : {NameOf(field.FieldType)}",
                _ => null,
            };
            if (text is not null)
            {
                yield return $"{name}.{text}";
            }
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily;

    // Members that the compiler writes for records say nothing.
    private static bool IsGenerated(MethodInfo method)
        => method.Name is "PrintMembers" or "GetHashCode" or "ToString" or "Equals" or "Deconstruct"
            || method.Name.Contains('<');

    private static string Parameters(MethodBase method)
        => string.Join(", ", method.GetParameters()
            .Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}"));

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
