using CryptoScreener.AlertEngine.Delivery.Sending;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class FairShareTests
{
    private const int All = 512;
    private const int Own = 16;

    [Fact]
    public void An_idle_worker_gives_an_endpoint_all_it_may_have() => Assert.Equal(Own, FairShare.Of(Own, All, All));

    [Fact]
    public void A_worker_without_room_gives_nothing() => Assert.Equal((0, 0), (FairShare.Of(Own, 0, All), FairShare.Of(Own, -3, All)));

    [Theory]
    [InlineData(10, 12)]
    [InlineData(100, 4)]
    [InlineData(500, 1)]
    public void However_many_endpoints_never_answer_another_one_finds_room(int silent, int room)
    {
        var running = new int[silent];
        for (var round = 0; round < Own; round++)
            for (var i = 0; i < silent; i++) // in turns, as they are claimed
                if (running[i] < FairShare.Of(Own, All - running.Sum(), All)) running[i]++;

        Assert.InRange(FairShare.Of(Own, All - running.Sum(), All), room, Own);
    }
}
