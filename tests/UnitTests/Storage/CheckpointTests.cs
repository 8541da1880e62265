using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.UnitTests.Storage;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData(5, 100, 9, 100, 5, 100)] // the same stream: the lower sequence
    [InlineData(0, 0, 9, 100, 0, 0)] // one that never got anywhere: from the beginning
    [InlineData(700, 90, 9, 100, 700, 90)] // one of a stream that is gone: its reader begins the new one at its beginning
    public void The_earlier_checkpoint_leaves_nothing_out_for_either(
        long sequence, long epoch, long otherSequence, long otherEpoch, long expectedSequence, long expectedEpoch)
    {
        var (one, other) = (new Checkpoint(sequence, epoch), new Checkpoint(otherSequence, otherEpoch));
        var expected = new Checkpoint(expectedSequence, expectedEpoch);
        Assert.Equal(expected, Checkpoint.Earlier(one, other));
        Assert.Equal(expected, Checkpoint.Earlier(other, one));
    }
}
