using System.Net;
using CryptoScreener.DataCollector.Ownership;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class OwnedPartitionTests
{
    private readonly OwnedPartition _owned = new(number: 3, epoch: 1, CancellationToken.None);

    [Fact]
    public async Task What_fails_after_it_was_taken_from_us_is_no_failure()
    {
        await _owned.WhileOursAsync(async () =>
        {
            await _owned.EndAsync();
            throw new HttpRequestException("too many", null, HttpStatusCode.TooManyRequests); // the answer was on its way
        });
        Assert.True(_owned.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task What_fails_while_it_is_ours_is_one() => await Assert.ThrowsAsync<HttpRequestException>(
        () => _owned.WhileOursAsync(() => Task.FromException(new HttpRequestException("too many", null, HttpStatusCode.TooManyRequests))));
}
