namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>What fuzzing starts from. Whatever once broke the client is added here, so that it is tried for ever.</summary>
internal static class ProtocolCorpus
{
    public static readonly string[] Operations =
    [
        "PING\r\n",
        "PONG\r\n",
        "+OK\r\n",
        "-ERR 'Unknown Protocol Operation'\r\n",
        "-ERR\r\n",
        "INFO {\"max_payload\":1048576}\r\n",
        "INFO {\"connect_urls\":[\"127.0.0.1:4222\",\"[::1]:4222\"],\"ldm\":true}\r\n",
        "MSG a 1 0\r\n\r\n",
        "MSG a.b.c 12 _INBOX.x.1 5\r\nhello\r\n",
        "HMSG a 1 12 12\r\nNATS/1.0\r\n\r\n\r\n",
        "HMSG a 1 r 16 17\r\nNATS/1.0 503\r\n\r\n!\r\n",
        "HMSG _INBOX.x 3 60 60\r\nNATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 3  \r\n\r\n\r\n",
        "MSG a 1 4\r\n\r\n\r\n\r\n",
    ];

    public static readonly string[] Violations =
    [
        "HELLO\r\n",
        "\r\n",
        "\n",
        "MSG\r\n",
        "MSG a\r\n",
        "MSG a 1\r\n",
        "MSG a 1 x\r\n",
        "MSG a x 1\r\n",
        "MSG a 1 -5\r\n",
        "MSG a 1 99999999999999999999\r\n",
        "MSG a 1 2000000000\r\n",
        "MSG a 1 2147483647\r\n",
        "MSG a 1 b c 5\r\nhello\r\n",
        "MSG a 1 5\r\nhelloworld\r\n",
        "MSG a 1 5\nhello\r\n",
        "HMSG a 1 50 5\r\nhello\r\n",
        "HMSG a 1 5\r\nhello\r\n",
        "HMSG a 1 -1 5\r\nhello\r\n",
        "INFO\r\n",
        "INFO {\r\n",
        "INFO nothing\r\n",
        "INFO null\r\n",
        "msg a 1 5\r\nhello\r\n",
        "PING \r\n",
        "\0\0\0\0\r\n",
    ];

    public static readonly string[] HeaderBlocks =
    [
        "NATS/1.0\r\nA: b\r\n\r\n",
        "NATS/1.0\r\nA: b\r\nA: c\r\nD:\r\n\r\n",
        "NATS/1.0 100 Idle Heartbeat\r\nNats-Last-Consumer: 1\r\n\r\n",
        "NATS/1.0 408 Request Timeout\r\nNats-Pending-Messages: 3\r\nNats-Pending-Bytes: 99999999999999999999\r\n\r\n",
        "NATS/1.0 503\r\n\r\n",
    ];

    public static readonly string[] AckSubjects =
    [
        "$JS.ACK.S.C.1.2.3.1700000000000000000.4",
        "$JS.ACK.S.C.1.18446744073709551615.18446744073709551615.18446744073709551615.18446744073709551615",
        "$JS.ACK._.hash.S.C.1.2.3.1700000000000000000.4",
        "$JS.ACK.domain.hash.S.C.1.2.3.1700000000000000000.4.random",
        "$JS.ACK.......",
        ".........",
        "$JS.FC.S.C",
    ];

    /// <summary>One character changed and the rest cut off somewhere; never to one of those it must not have, and never to nothing.</summary>
    public static string DamageOne(string[] corpus, Random random, string but = "")
    {
        var text = corpus[random.Next(corpus.Length)].ToCharArray();
        var replacement = (char)random.Next(256);
        if (!but.Contains(replacement, StringComparison.Ordinal))
            text[random.Next(text.Length)] = replacement;
        return new string(text, 0, random.Next(1, text.Length + 1));
    }

    /// <summary>One byte changed, the rest cut off somewhere, another operation behind.</summary>
    public static byte[] Damage(string text, int at, byte value, int cut, string tail)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        bytes[at] = value;
        return [.. bytes[..cut], .. System.Text.Encoding.Latin1.GetBytes(tail)];
    }
}
