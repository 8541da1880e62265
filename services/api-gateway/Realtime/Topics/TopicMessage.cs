namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>One message as it goes to every socket that wants it: serialised once, never changed.</summary>
/// <param name="Sequence">Its place among the messages of its topic.</param>
/// <param name="Before">The sequence of the message before it: who has that one needs this one next.</param>
/// <param name="BornAt">When the oldest news in it was known to us (unix ms); 0 when that is not measured.</param>
internal sealed record TopicMessage(long Sequence, long Before, byte[] Json, long BornAt);
