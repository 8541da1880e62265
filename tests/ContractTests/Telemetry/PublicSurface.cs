using System.Reflection;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>The public signatures of an assembly, one line each, so that a stand-in can be held against its package.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Of(Type type) =>
    [
        type.FullName!,
        .. type.GetConstructors(Declared).Select(member => $"{type.FullName}.new({Parameters(member)})"),
        .. type.GetProperties(Declared).SelectMany(member => Accessors(type, member)),
        .. type.GetMethods(Declared).Where(member => !member.IsSpecialName)
            .Select(member => $"{type.FullName}.{member.Name}({Parameters(member)}) -> {Name(member.ReturnType)}"),
    ];

    private static IEnumerable<string> Accessors(Type type, PropertyInfo property)
    {
        if (property.GetMethod is { IsPublic: true }) yield return $"{type.FullName}.{property.Name}.get -> {Name(property.PropertyType)}";
        if (property.SetMethod is { IsPublic: true }) yield return $"{type.FullName}.{property.Name}.set -> {Name(property.PropertyType)}";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.FullName!.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.FullName ?? type.Name;
}
