namespace CryptoScreener.UnitTests.Budgets;

/// <summary>While others run new code, the runtime puts off compiling hot code for good, and until then boxes are allocated that later are not.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "alone";
}
