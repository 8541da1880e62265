using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>Writes down the public members of a type, one line each, with everything that a caller's source depends on.</summary>
internal static class Signatures
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The package depends on NATS.NKeys, which the stand-in has no need of.</summary>
    public static bool IsUpstream =>
        typeof(NatsConnection).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name == "NATS.NKeys");

    public static IEnumerable<string> Of(Type type)
    {
        var name = Name(type);
        yield return $"{name}: {Kind(type)}";
        if (type.IsEnum)
        {
            foreach (var value in Enum.GetNames(type))
                yield return $"{name}.{value} = {Convert.ToInt64(Enum.Parse(type, value), CultureInfo.InvariantCulture)}";
            yield break;
        }

        foreach (var member in type.GetMembers(Public).Where(IsWritten))
        {
            if (Line(member) is { } line)
                yield return $"{name}.{line}";
        }

        foreach (var line in Defaults(type))
            yield return $"{name}.{line}";
    }

    // What the compiler adds to records follows from their being records.
    private static bool IsWritten(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not MethodBase { IsSpecialName: true, IsConstructor: false }
        && member is not MethodInfo { Name: "ToString" or "Equals" or "GetHashCode" };

    private static string? Line(MemberInfo member) => member switch
    {
        PropertyInfo property => $"{property.Name}{Indexer(property)}: {Name(property.PropertyType)} {{{Accessors(property)} }}",
        FieldInfo field => $"{field.Name}: {(field.IsStatic ? "static " : "")}{Name(field.FieldType)}",
        EventInfo @event => $"{@event.Name}: event {Name(@event.EventHandlerType!)}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{method.Name}{Generics(method)}({Parameters(method)}): {(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}",
        _ => null,
    };

    /// <summary>The values that options have when nobody sets them.</summary>
    private static IEnumerable<string> Defaults(Type type)
    {
        if (!type.Name.EndsWith("Opts", StringComparison.Ordinal) && !type.Name.EndsWith("Config", StringComparison.Ordinal))
            yield break;
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
            yield break;
        var instance = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties().Where(property => property.CanRead && IsPlain(property.PropertyType)))
            yield return $"{property.Name} defaults to {Convert.ToString(property.GetValue(instance), CultureInfo.InvariantCulture) ?? "null"}";
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan)
        || (Nullable.GetUnderlyingType(type) is { } inner && IsPlain(inner));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        _ when typeof(Delegate).IsAssignableFrom(type) => $"delegate {Line(type.GetMethod("Invoke")!)}",
        _ => $"class : {Name(type.BaseType!)}",
    };

    private static string Accessors(PropertyInfo property)
    {
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        return (property.GetMethod is { IsPublic: true } ? " get;" : "") + (property.SetMethod is { IsPublic: true } ? isInit ? " init;" : " set;" : "");
    }

    private static string Indexer(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } parameters
        ? $"[{string.Join(", ", parameters.Select(parameter => Name(parameter.ParameterType)))}]"
        : "";

    private static string Generics(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>"
        : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        var @default = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "";
        return $"{modifier}{Name(parameter.ParameterType)} {parameter.Name}{@default}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        if (type.IsGenericParameter)
            return type.Name;
        var name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        if (!type.IsGenericType)
            return name;
        return $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
