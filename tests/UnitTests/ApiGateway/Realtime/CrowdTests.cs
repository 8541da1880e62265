using CryptoScreener.ApiGateway.Realtime.Topics;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class CrowdTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(5_001)]
    public void Each_of_a_crowd_is_woken_once_and_before_the_beat_goes_on(int size)
    {
        var all = Enumerable.Range(0, size).Select(_ => new Sleeper()).ToList();

        Crowd.Wake([.. all]);

        Assert.All(all, sleeper => Assert.Equal(1, sleeper.Woken));
    }

    private sealed class Sleeper : IWake
    {
        private int _woken;

        public int Woken => _woken;

        void IWake.Wake() => Interlocked.Increment(ref _woken);
    }
}
