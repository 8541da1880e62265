namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>Somebody who waits for news: a socket's writer, in tests a counter.</summary>
internal interface IWake
{
    /// <summary>Called often and from any thread: it must not block.</summary>
    void Wake();

    /// <summary>The same where the caller lends its thread: what can be done at once is done before this returns.</summary>
    void WakeHere() => Wake();
}
