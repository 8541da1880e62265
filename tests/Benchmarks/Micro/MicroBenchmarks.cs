using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace CryptoScreener.Benchmarks.Micro;

/// <summary>Every <c>[Benchmark]</c> of this assembly, so that none can be without a budget. BenchmarkDotNet runs the same methods at length.</summary>
internal static class MicroBenchmarks
{
    internal static IEnumerable<MicroBenchmark> All() => typeof(MicroBenchmarks).Assembly.GetTypes()
        .Where(type => Methods<BenchmarkAttribute>(type).Any())
        .OrderBy(type => type != typeof(Yardstick)).ThenBy(type => type.Name, StringComparer.Ordinal)
        .SelectMany(Of);

    private static IEnumerable<MicroBenchmark> Of(Type type)
    {
        var parameter = type.GetProperties().SingleOrDefault(property => property.IsDefined(typeof(ParamsSourceAttribute)));
        if (parameter is null) return Of(Activator.CreateInstance(type)!, "");
        var source = type.GetProperty(parameter.GetCustomAttribute<ParamsSourceAttribute>()!.Name)!;
        return ((System.Collections.IEnumerable)source.GetValue(null)!).Cast<object>().SelectMany(value =>
        {
            var instance = Activator.CreateInstance(type)!;
            parameter.SetValue(instance, value);
            return Of(instance, string.Create(CultureInfo.InvariantCulture, $"({value})"));
        });
    }

    private static IEnumerable<MicroBenchmark> Of(object instance, string arguments)
    {
        foreach (var setup in Methods<GlobalSetupAttribute>(instance.GetType())) setup.Invoke(instance, null);
        foreach (var method in Methods<BenchmarkAttribute>(instance.GetType()))
        {
            var family = $"{instance.GetType().Name}.{method.Name}";
            yield return new(family + arguments, family, Math.Max(1, method.GetCustomAttribute<BenchmarkAttribute>()!.OperationsPerInvoke), CallOf(method, instance));
        }
    }

    private static IEnumerable<MethodInfo> Methods<T>(Type type)
        where T : Attribute => type.GetMethods().Where(method => method.IsDefined(typeof(T)));

    /// <summary>Typed, because reflection would allocate in what is measured.</summary>
    private static Action<int> CallOf(MethodInfo method, object instance)
    {
        if (method.ReturnType == typeof(void)) return Repeat(method.CreateDelegate<Action>(instance));
        var make = typeof(MicroBenchmarks).GetMethod(nameof(RepeatFunction), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(method.ReturnType);
        return (Action<int>)make.Invoke(null, [method, instance])!;
    }

    private static Action<int> Repeat(Action call) => times =>
    {
        for (var i = 0; i < times; i++) call();
    };

    private static Action<int> RepeatFunction<T>(MethodInfo method, object instance)
    {
        var call = method.CreateDelegate<Func<T>>(instance);
        return times =>
        {
            for (var i = 0; i < times; i++) call();
        };
    }
}
