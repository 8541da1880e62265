using CryptoScreener.Testing.Fuzzing;

namespace CryptoScreener.UnitTests.Fuzzing;

public sealed class FuzzPassTests
{
    private static readonly byte[][] Inputs = [[1], [2], [3]];

    [Fact]
    public void An_input_that_a_parser_is_never_done_with_is_named()
    {
        using var never = new ManualResetEventSlim();
        var found = Pass(_ => never.Wait()).Run(TimeSpan.FromMilliseconds(50)); // already with the first: others may be slow as well
        Assert.IsType<TimeoutException>(found!.Value.Broken);
        Assert.Equal((byte)1, Assert.Single(found.Value.Input));
        never.Set();
    }

    [Fact]
    public void An_input_that_breaks_a_parser_is_named_and_without_one_nothing_is()
    {
        var found = Pass(input => Assert.NotEqual(3, input[0])).Run(TimeSpan.FromMinutes(1));
        Assert.Equal((byte)3, Assert.Single(found!.Value.Input));
        Assert.Null(Pass(_ => { }).Run(TimeSpan.FromMinutes(1)));
    }

    private static FuzzPass Pass(Action<byte[]> feed) => new(Inputs.Select(input => ("here", input)), feed);
}
