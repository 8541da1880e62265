using Xunit;
using Xunit.Abstractions;

namespace CryptoScreener.Testing;

/// <summary>
/// As many collections run at a time as there are cores, and xunit takes them in an order of chance: a long one that begins last has a
/// core to itself while the others idle. An assembly names its longest; all others follow as they come.
/// </summary>
/// <param name="longest">Classes of tests, or definitions of collections.</param>
public abstract class LongestFirst(params Type[] longest) : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Rank);

    private int Rank(ITestCollection collection)
    {
        var rank = Array.FindIndex(longest, type => collection.CollectionDefinition?.Name == type.FullName || IsOfClass(collection, type));
        return rank < 0 ? longest.Length : rank;
    }

    // A class without a collection has one that is named after it.
    private static bool IsOfClass(ITestCollection collection, Type type) => collection.DisplayName.EndsWith($" {type.FullName}", StringComparison.Ordinal);
}
