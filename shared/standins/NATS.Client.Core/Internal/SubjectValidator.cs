using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace NATS.Client.Core.Internal;

/// <summary>Keeps what would break the protocol's lines out of them; everything else is the server's to judge.</summary>
internal static class SubjectValidator
{
    private static readonly SearchValues<char> Whitespace = SearchValues.Create(" \t\r\n");

    public static void Validate([NotNull] string? subject)
    {
        if (string.IsNullOrEmpty(subject) || subject.AsSpan().ContainsAny(Whitespace))
            throw new NatsException("Subject is invalid.");
    }

    public static void ValidateOptional(string? replyTo)
    {
        if (replyTo is not null)
            Validate(replyTo);
    }

    public static void ValidateQueueGroup(string? queueGroup)
    {
        if (queueGroup is not null && (queueGroup.Length == 0 || queueGroup.AsSpan().ContainsAny(Whitespace)))
            throw new NatsException("Queue group is invalid.");
    }
}
