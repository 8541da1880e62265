namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>Somebody who waits for news: a socket's writer, in tests a counter. Called often and from any thread: it must not block.</summary>
internal interface IWake
{
    void Wake();
}
