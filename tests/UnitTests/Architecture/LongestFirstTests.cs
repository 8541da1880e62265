using CryptoScreener.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace CryptoScreener.UnitTests.Architecture;

public sealed class LongestFirstTests
{
    [Fact]
    public void The_named_collections_come_first_and_in_their_order()
    {
        ITestCollection[] some = [OfClass(typeof(ProjectGraph)), OfClass(typeof(DependencyTests)), Defined(typeof(Group)), OfClass(typeof(LogEventIdTests))];

        var ordered = new Order().OrderTestCollections(some).ToList();

        Assert.Equal([some[2], some[1], some[0], some[3]], ordered);
    }

    private static TestCollection OfClass(Type type) => new(Assembly, null, $"Test collection for {type.FullName}");

    private static TestCollection Defined(Type type) => new(Assembly, Reflector.Wrap(type), "a group");

    private static TestAssembly Assembly => new(Reflector.Wrap(typeof(LongestFirstTests).Assembly));

    private sealed class Group;

    private sealed class Order() : LongestFirst(typeof(Group), typeof(DependencyTests));
}
